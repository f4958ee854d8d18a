// What scrolls while the mirror is the page.

// A part with a wide table scrolls sideways where the window is narrow. The keyboard reaches
// it then, and only then: a part that does not scroll has no place in the tab order.

export function reachScrollers(root: HTMLElement): void {
  for (const part of root.querySelectorAll<HTMLElement>('section, main > [role=group]')) {
    const isScrolling = part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX === 'auto';
    if (isScrolling === part.hasAttribute('tabindex')) continue;
    if (isScrolling) part.tabIndex = 0;
    else part.removeAttribute('tabindex');
  }
}

// Keeps the option the keyboard is on in sight; whoever scrolls the list by hand is left alone.
export class ActiveOption {
  #shown: string | undefined;

  follow(root: HTMLElement): void {
    const option = root.querySelector<HTMLElement>('[role=option].active');
    if (option && option.id !== this.#shown) option.scrollIntoView({ block: 'nearest' });
    this.#shown = option?.id;
  }
}
