/** The page: joins editor, workers and panes. */
import { TECHNOLOGY_NAMES } from '../../src/backends/energy/terms.js';
import type { Target } from '../../src/cli/build-artifacts.js';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import { Checker } from './checker.js';
import { find } from './dom.js';
import { Editor } from './editor/editor.js';
import { LanguageClient } from './language-client.js';
import { MAX_LINK_LENGTH } from './limits.js';
import { basename } from 'node:path';
import { showBuild } from './panes/build.js';
import { showEnergy } from './panes/energy.js';
import { countProblems, showProblems } from './panes/problems.js';
import { showReport } from './panes/report.js';
import { showResults } from './panes/results.js';
import { Program } from './program.js';
import type { Checked, RunAnswer, RunRequest } from './protocol.js';
import { RunClient, RunStopped } from './run-client.js';
import { encodeFragment, type Shared } from './share.js';
import { activateTabs } from './tabs.js';

const ALL_EXPERIMENTS = '';

export class Page {
  readonly #language = new LanguageClient();
  readonly #runs = new RunClient((text) => {
    this.tell(text, 'busy');
  });
  readonly #editor: Editor;
  readonly #checker: Checker;
  readonly #showTab = activateTabs(find('outcome', HTMLElement));
  readonly #files = find('file', HTMLSelectElement);
  readonly #experiments = find('experiment', HTMLSelectElement);
  #program: Program | undefined;
  /** Found by the last check of the text. */
  #checked: readonly Diagnostic[] = [];
  /** Found by the last run or build, as long as the text stays. */
  #found: readonly Diagnostic[] = [];

  constructor() {
    this.#editor = new Editor({
      parent: find('editor', HTMLElement),
      language: this.#language,
      onChange: (text) => {
        this.#program?.edit(this.#editor.file, text);
        this.#found = [];
        this.#checker.request();
      },
    });
    this.#checker = new Checker({
      language: this.#language,
      current: () => ({ file: this.#editor.file, text: this.#editor.text }),
      onChecked: (checked, text) => {
        this.#annotate(checked, text);
      },
      onFailure: (reason) => {
        this.tell(reason, 'bad');
      },
    });
    find('technology', HTMLSelectElement).append(...TECHNOLOGY_NAMES.map((name) => new Option(name)));
    this.#listen();
  }

  /** Shows another program. */
  async open(shared: Shared): Promise<void> {
    this.#runs.cancel();
    const program = await Program.load(shared);
    this.#program = program;
    this.#found = [];
    this.#checked = [];
    delete document.body.dataset['checked'];
    this.#language.open(program.project);
    this.#editor.clear();
    this.#listFiles();
    this.#showFile(program.main);
  }

  /** Says something about what is going on. */
  tell(text: string, mood: 'plain' | 'busy' | 'bad' | 'good' = 'plain'): void {
    const status = find('status', HTMLElement);
    status.textContent = text;
    status.dataset['mood'] = mood;
  }

  #listen(): void {
    const on = (id: string, act: () => void): void => {
      find(id, HTMLButtonElement).addEventListener('click', act);
    };
    const stop = (): void => {
      this.#runs.cancel();
    };
    on('run', () => void this.#simulate());
    on('build', () => void this.#build());
    on('stop', stop);
    on('share', () => void this.#share());
    on('format', () => void this.#format());
    this.#files.addEventListener('change', () => {
      this.#showFile(this.#files.value);
    });
    const added = find('add', HTMLInputElement);
    added.addEventListener('change', () => void this.#addFiles(added));
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape') stop();
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void (event.shiftKey ? this.#build() : this.#simulate());
    }, { capture: true }); // prettier-ignore
  }

  #listFiles(): void {
    const files = this.#program?.textFiles ?? [];
    this.#files.replaceChildren(...files.map((file) => new Option(basename(file), file)));
  }

  #showFile(file: string): void {
    const text = this.#program?.textOf(file) ?? '';
    this.#files.value = file;
    this.#editor.show(file, text);
    this.#language.edit(file, this.#editor.text);
    this.#checker.request();
  }

  #annotate({ tokens, diagnostics, experiments }: Checked, text: string): void {
    this.#checked = diagnostics;
    this.#editor.annotate(text, tokens, this.#problems());
    this.#listProblems();
    const chosen = this.#experiments.value;
    const options = experiments.map((name) => new Option(name, name));
    this.#experiments.replaceChildren(new Option('all', ALL_EXPERIMENTS), ...options);
    this.#experiments.value = experiments.includes(chosen) ? chosen : ALL_EXPERIMENTS;
    document.body.dataset['checked'] = this.#editor.file;
  }

  #problems(): readonly Diagnostic[] {
    const key = ({ code, span }: Diagnostic): string => JSON.stringify([code, span?.file, span?.start.offset]);
    return [...new Map([...this.#checked, ...this.#found].map((each) => [key(each), each])).values()];
  }

  #listProblems(): void {
    const problems = this.#problems();
    find('problem-count', HTMLElement).textContent = countProblems(problems);
    showProblems(find('problem-list', HTMLElement), problems, ({ span }) => {
      if (!span) return;
      const isText = this.#program?.textFiles.includes(span.file) ?? false;
      if (!isText) this.tell(`${span.file} belongs to the library`);
      else {
        if (span.file !== this.#editor.file) this.#showFile(span.file);
        this.#editor.goTo(span.start.offset);
      }
    });
  }

  async #simulate(): Promise<void> {
    const technology = find('technology', HTMLSelectElement).value;
    const answer = await this.#run({ ...this.#subject(), kind: 'simulate', technology });
    if (answer?.kind !== 'simulated') return;
    this.#report(answer.diagnostics);
    const { results } = answer;
    if (!results) return;
    showResults(find('results', HTMLElement), results);
    showEnergy(find('energy', HTMLElement), results);
    showReport(find('report', HTMLElement), results.report, this.#name());
    this.#showTab('results');
    const held = results.experiments.flatMap(({ document }) => document.expectations);
    const failed = held.filter(({ ok }) => !ok).length;
    const verdict = failed === 0 ? 'every expectation holds' : `${String(failed)} expectations fail`;
    this.tell(held.length === 0 ? 'done' : `done, ${verdict}`, failed === 0 ? 'good' : 'bad');
  }

  async #build(): Promise<void> {
    const boxes = [...find('targets', HTMLElement).querySelectorAll('input')];
    const targets = boxes.filter(({ checked, id }) => checked && id === '').map(({ value }) => value as Target);
    if (targets.length === 0) {
      this.#showTab('files');
      this.tell('choose a target first', 'bad');
      return;
    }
    const freezes = find('freeze', HTMLInputElement).checked;
    const answer = await this.#run({ ...this.#subject(), kind: 'build', targets, freezes });
    if (answer?.kind !== 'built') return;
    this.#report(answer.diagnostics);
    if (!answer.build) return;
    showBuild(find('built', HTMLElement), answer.build, this.#name());
    this.#showTab('files');
    this.tell('built', 'good');
  }

  #subject(): Pick<RunRequest, 'project' | 'experiment'> {
    const { value } = this.#experiments;
    const project = this.#program?.project ?? { main: '', files: new Map() };
    return { project, experiment: value === ALL_EXPERIMENTS ? undefined : value };
  }

  #name(): string {
    return basename(this.#program?.main ?? '', '.ion');
  }

  /** The answer to `request`; undefined after saying why there is none. */
  async #run(request: RunRequest): Promise<RunAnswer | undefined> {
    if (this.#runs.isBusy) {
      this.tell('something is running: stop it first', 'bad');
      return undefined;
    }
    this.#setBusy(true);
    try {
      const answer = await this.#runs.run(request);
      if (answer.kind !== 'failure') return answer;
      this.tell(`this is a bug of ours: ${answer.reason}`, 'bad');
    } catch (error) {
      if (!(error instanceof RunStopped)) throw error;
      this.tell(error.message, error.isWanted ? 'plain' : 'bad');
    } finally {
      this.#setBusy(false);
    }
    return undefined;
  }

  #setBusy(isBusy: boolean): void {
    for (const id of ['run', 'build']) find(id, HTMLButtonElement).disabled = isBusy;
    find('stop', HTMLButtonElement).disabled = !isBusy;
    document.body.classList.toggle('busy', isBusy);
  }

  /** Shows what a run said beside what the check says. */
  #report(diagnostics: readonly Diagnostic[]): void {
    this.#found = diagnostics;
    this.#listProblems();
    this.#checker.request();
    if (diagnostics.some(({ severity }) => severity === 'error')) this.tell(countProblems(diagnostics), 'bad');
  }

  async #share(): Promise<void> {
    if (!this.#program) return;
    const fragment = await encodeFragment(this.#program.shared);
    if (fragment.length > MAX_LINK_LENGTH) {
      this.tell(`the texts are too long for a link: ${String(fragment.length)} characters`, 'bad');
      return;
    }
    history.replaceState(undefined, '', fragment);
    const without = this.#program.hasAddedFiles ? '; files that were added are not in it' : '';
    await navigator.clipboard.writeText(location.href).then(
      () => {
        this.tell(`the link is in the clipboard${without}`, 'good');
      },
      () => {
        this.tell(`the link is in the address bar${without}`, 'good');
      },
    );
  }

  async #format(): Promise<void> {
    const { file, text } = this.#editor;
    if (!file.endsWith('.ion')) return;
    const { text: formatted } = await this.#language.format(file);
    if (formatted === undefined) this.tell('a text with syntax errors has no layout', 'bad');
    else if (formatted !== text && this.#editor.text === text) this.#editor.replace(formatted);
  }

  async #addFiles(input: HTMLInputElement): Promise<void> {
    const program = this.#program;
    if (!program) return;
    const faults: string[] = [];
    for (const file of input.files ?? []) {
      const fault = await program.add(file);
      if (fault !== undefined) faults.push(fault);
    }
    input.value = '';
    this.#language.open(program.project);
    this.#language.edit(this.#editor.file, this.#editor.text);
    this.#listFiles();
    this.#files.value = this.#editor.file;
    this.#checker.request();
    this.tell(
      faults.length > 0 ? faults.join('; ') : 'files added beside the program',
      faults.length > 0 ? 'bad' : 'good',
    );
  }
}
