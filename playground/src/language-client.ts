/** The page's side of the language worker: questions, answers, and a new worker where one does not answer. */
import { MAX_CHECK_MS } from './limits.js';
import type { LanguageAnswer, LanguageRequest, Project } from './protocol.js';

type AnswerOf<Kind extends LanguageAnswer['kind']> = LanguageAnswer & { readonly kind: Kind };
type QuestionKind = Exclude<LanguageAnswer['kind'], 'failure'>;

interface Waiting {
  readonly resolve: (answer: LanguageAnswer) => void;
  readonly reject: (reason: Error) => void;
}

/** Asks the front end. */
export class LanguageClient {
  #worker = startWorker();
  #project: Project = { main: '', files: new Map() };
  readonly #texts = new Map<string, string>();
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;

  constructor() {
    this.#listen();
  }

  /** Takes up another program. */
  open(project: Project): void {
    this.#project = project;
    this.#texts.clear();
    this.#send({ kind: 'project', project });
  }

  /** The text of a file is another one from now on. */
  edit(file: string, text: string): void {
    this.#texts.set(file, text);
    this.#send({ kind: 'edit', file, text });
  }

  /** What is wrong, and the tokens of `file`; rejected where it takes too long. */
  check(file: string): Promise<AnswerOf<'check'>> {
    return this.#ask('check', (id) => ({ kind: 'check', id, file }));
  }

  complete(file: string, offset: number): Promise<AnswerOf<'complete'>> {
    return this.#ask('complete', (id) => ({ kind: 'complete', id, file, offset }));
  }

  hover(file: string, offset: number): Promise<AnswerOf<'hover'>> {
    return this.#ask('hover', (id) => ({ kind: 'hover', id, file, offset }));
  }

  /** The text in canonical layout; undefined where it has syntax errors. */
  format(file: string): Promise<AnswerOf<'format'>> {
    return this.#ask('format', (id) => ({ kind: 'format', id, file }));
  }

  async #ask<Kind extends QuestionKind>(
    kind: Kind,
    question: (id: number) => LanguageRequest,
  ): Promise<AnswerOf<Kind>> {
    const id = ++this.#count;
    const answer = await new Promise<LanguageAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send(question(id));
      setTimeout(() => {
        if (this.#waiting.has(id)) this.#restart();
      }, MAX_CHECK_MS);
    });
    if (answer.kind === 'failure') throw new Error(answer.reason);
    if (answer.kind !== kind) throw new Error(`the worker answered ${answer.kind} to ${kind}`);
    // The kind has just been compared
    return answer as AnswerOf<Kind>;
  }

  #send(request: LanguageRequest): void {
    this.#worker.postMessage(request);
  }

  #listen(): void {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<LanguageAnswer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      waiting?.resolve(data);
    });
    this.#worker.addEventListener('error', ({ message }) => {
      this.#refuse(`the checker ended: ${message}`);
    });
  }

  /** Gives up what the worker is at, and starts another one with the same texts. */
  #restart(): void {
    this.#worker.terminate();
    this.#worker = startWorker();
    this.#listen();
    this.#send({ kind: 'project', project: this.#project });
    for (const [file, text] of this.#texts) this.#send({ kind: 'edit', file, text });
    this.#refuse(`checking took longer than ${String(MAX_CHECK_MS / 1000)} s and was given up`);
  }

  #refuse(reason: string): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(new Error(reason));
  }
}

function startWorker(): Worker {
  return new Worker(new URL('./workers/language.worker.ts', import.meta.url), { type: 'module', name: 'language' });
}
