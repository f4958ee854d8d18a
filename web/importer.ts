// The page's side of import: one worker that waits, files from the picker or dropped anywhere, and
// the replies as actions of the app.

import type { Act } from './mirror/actions';
import type { Reply, Request } from './worker';

const kLargestScenario = 1 << 20;
// The two tables and the chart of the Usage screen are roll-ups of these groups.
const kOptions = JSON.stringify({ by: ['day', 'model', 'team'] });

export class Importer {
  #worker: Worker | undefined;
  running = 0;                            // imports under way: none or one
  onReady: () => void = () => undefined;  // the worker waits for files

  // `script` and `engine`: addresses of the worker's script and of its module.
  constructor(readonly script: string, readonly engine: string, readonly book: Uint8Array,
              readonly act: Act) {}

  // Started once the page is at rest, so that an import later needs no request.
  warmUp(): void {
    if (this.#worker) return;
    this.#worker = new Worker(this.script, { type: 'module', name: 'import' });
    this.#worker.onmessage = (event: MessageEvent<Reply>) => this.#onReply(event.data);
    this.#worker.onerror = (event) => {
      this.#worker = undefined;
      this.running = 0;
      this.#fail(event.message || 'the import worker stopped; the file may be too large for this browser');
    };
    this.#post({ type: 'start', engine: this.engine, book: this.book });
  }

  import(files: File[]): void {
    if (files.length === 0 || this.running > 0) return;
    this.running = 1;
    this.warmUp();
    const total = files.reduce((sum, file) => sum + file.size, 0);
    this.act('', 'import_started', JSON.stringify({ name: files[0]?.name, bytes: total, files: files.length }));
    this.#post({ type: 'import', files, options: kOptions });
  }

  // A scenario is opened, everything else is usage.
  async open(files: File[]): Promise<void> {
    const [only] = files;
    if (files.length === 1 && only && only.size < kLargestScenario && only.name.endsWith('.json')) {
      const text = await only.text();
      if (/"schema"\s*:\s*"tokenlever\.scenario\//.test(text)) return this.act('', 'load_scenario', text);
    }
    this.import(files);
  }

  cancel(): void {
    this.#post({ type: 'cancel' });
  }

  #post(request: Request): void {
    this.#worker?.postMessage(request);
  }

  #fail(message: string): void {
    this.act('', 'import_failed', JSON.stringify({ error: { code: 'import_failed', message, where: '' } }));
  }

  #onReply(reply: Reply): void {
    if (reply.type === 'ready') this.onReady();
    else if (reply.type !== 'progress') this.running = 0;
    if (reply.type === 'progress') this.act('', 'import_progress', JSON.stringify(reply.progress));
    if (reply.type === 'cancelled')
      this.act('', 'import_failed', JSON.stringify({ cancelled: true }));
    if (reply.type === 'failed') this.#fail(reply.message);
    if (reply.type === 'done')  // the contract's import result, and how long it took
      this.act('', reply.hasFailed ? 'import_failed' : 'import_done', `{"seconds":${reply.seconds},${reply.report.slice(1)}`);
  }
}

export function listenToFiles(picker: HTMLInputElement, importer: Importer): void {
  picker.addEventListener('change', () => {
    void importer.open([...picker.files ?? []]);
    picker.value = '';  // the same file again is a change too
  });
  const mark = (isOver: boolean): void => {
    if (document.documentElement.classList.contains('dropping') === isOver) return;
    document.documentElement.classList.toggle('dropping', isOver);
    importer.act('', 'file_drag', String(isOver));
  };
  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) mark(false); });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    void importer.open([...event.dataTransfer?.files ?? []]);
  });
}
