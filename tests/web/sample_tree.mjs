// A semantics tree with every role, as the app would write it.

const rect = (x, y, width = 100, height = 20) => [x, y, width, height];

export const sampleTree = () => ({
  title: 'Tokenlever', theme: 'light', scheme: 'light', screen: 'calculator', announce: 'Optimised $8,147',
  nodes: [
    { role: 'navigation', name: 'Screens', id: 'nav', children: [
      { role: 'link', id: 'nav.calculator', name: 'Calculator', current: true, rect: rect(12, 60) },
      { role: 'link', id: 'nav.usage', name: 'Usage', current: false, rect: rect(12, 96) },
      { role: 'separator', rect: rect(12, 130, 180, 1) },
    ] },
    { role: 'banner', id: 'top', children: [
      { role: 'heading', id: 'top.title', level: 1, name: 'Support chat', rect: rect(230, 18) },
      { role: 'button', id: 'undo', name: 'Undo', disabled: true, rect: rect(900, 12, 60, 30) },
    ] },
    { role: 'main', id: 'main', children: [
      { role: 'region', id: 'answer', name: 'Answer', children: [
        { role: 'text', id: 'answer.optimised', name: 'Optimised', value: '8146.5575', text: '$8,147', rect: rect(500, 100) },
      ] },
      { role: 'region', id: 'w0', name: 'Support chat', children: [
        { role: 'heading', level: 2, name: 'Support chat', id: 'w0.title', rect: rect(230, 220) },
        { role: 'combobox', id: 'w0.model', name: 'Model', value: 'Claude Sonnet 4.5', expanded: true, controls: 'w0.model.list',
          active: 'w0.model.haiku', rect: rect(400, 240), style: { size: 14, weight: 400, align: 'left', padding: 8, color: '#131820', background: '#ffffff' } },
        { role: 'textbox', id: 'w0.requests', name: 'Requests per month', value: '1,000,000', inputmode: 'numeric', rect: rect(480, 300) },
        { role: 'textbox', id: 'w0.output', name: 'Output tokens', value: '5x', invalid: true, description: '"5x" is not a whole number', rect: rect(480, 330) },
      ] },
      { role: 'region', id: 'levers', name: 'Levers', children: [
        { role: 'switch', id: 'cache.on', name: 'Prompt cache', checked: true, rect: rect(240, 500, 32, 18) },
        { role: 'text', text: 'Prompt cache', rect: rect(280, 500) },
        { role: 'listbox', id: 'cache.ttl', name: 'Lifetime', children: [
          { role: 'option', id: 'cache.ttl/5m', name: '5 min', selected: true, rect: rect(280, 570, 50) },
          { role: 'option', id: 'cache.ttl/1h', name: '1 hour', selected: false, rect: rect(330, 570, 50) } ] },
        { role: 'slider', id: 'cache.hit_rate', name: 'Hit rate', value: '0.9', min: 0, max: 1, step: 0.01, valuetext: '90 %', rect: rect(280, 540, 300, 16) },
      ] },
      { role: 'region', id: 'chart', name: 'From baseline to optimised', children: [
        { role: 'img', id: 'chart.img', name: 'Waterfall', text: 'From $30,000 to $8,147', rect: rect(660, 260, 700, 300) },
        { role: 'table', id: 'order', name: 'What to pull first', rect: rect(660, 600, 700, 120), children: [
          { role: 'row', children: [
            { role: 'columnheader', name: 'Lever', rect: rect(660, 600) }, { role: 'columnheader', name: 'Alone', rect: rect(800, 600) } ] },
          { role: 'row', children: [
            { role: 'rowheader', name: 'Prompt cache', rect: rect(660, 630) }, { role: 'cell', value: '14130', text: '$14,130', rect: rect(800, 630) } ] },
        ] },
        { role: 'progressbar', id: 'import.progress', name: 'Import', value: '0.5', min: 0, max: 1, valuetext: '50 %', rect: rect(660, 740) },
        { role: 'status', id: 'import.status', name: '17 rows rejected', rect: rect(660, 760) },
        { role: 'note', text: 'Note: the parts overlap', rect: rect(660, 760) },
        { role: 'alert', id: 'import.error', name: 'The file is <empty> & "odd"', rect: rect(660, 780) },
      ] },
    ] },
    { role: 'listbox', id: 'w0.model.list', name: 'Models', children: [
      { role: 'option', id: 'w0.model.sonnet', name: 'Claude Sonnet 4.5', text: '$3 / $15', selected: true, rect: rect(400, 262) },
      { role: 'option', id: 'w0.model.haiku', name: 'Claude Haiku 4.5', text: '$1 / $5', selected: false, rect: rect(400, 282) },
    ] },
  ],
});
