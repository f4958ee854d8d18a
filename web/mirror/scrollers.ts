// As a page a part with a wide table scrolls sideways where the window is narrow. The keyboard reaches
// it then, and only then: a part that does not scroll has no place in the tab order.

export function reachScrollers(root: HTMLElement): void {
  for (const part of root.querySelectorAll<HTMLElement>('section, main > [role=group]')) {
    const isScrolling = part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX === 'auto';
    if (isScrolling === part.hasAttribute('tabindex')) continue;
    if (isScrolling) part.tabIndex = 0;
    else part.removeAttribute('tabindex');
  }
}
