/** Random programs, programs with random damage, and noise. `IONLOOM_FUZZ_RUNS` says how many of each. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticBag } from '../../../src/core/diagnostic.js';
import { formatSource } from '../../../src/dsl/format.js';
import { compileSource } from '../../../src/dsl/front-end.js';
import { parseSource, parseTolerantly } from '../../../src/dsl/parse/parse-source.js';
import { scan } from '../../../src/dsl/parse/scan.js';
import { TOKENS } from '../../../src/dsl/parse/tokens.js';
import { printSource } from '../../../src/dsl/print-ast.js';
import { arbitraryProgram } from '../../support/arbitrary-program.js';
import { REPOSITORY } from '../../support/golden.js';
import { keepRecord } from '../../support/hostile/trust-record.js';
import { FUZZ_RUNS, FUZZ_TIMEOUT, fuzzSeed } from '../../support/fuzz-runs.js';
import { memoryHost } from '../../support/memory-host.js';
import { withoutSpans } from '../../support/without-spans.js';

interface Claim<Input> {
  readonly input: Arbitrary<Input>;
  readonly holds: (input: Input) => void;
  /** Which part of the usual number of runs is enough. */
  readonly share?: number;
}

/** A test that `holds` for every one of many random inputs; `property` numbers the properties. */
function itHolds<Input>(name: string, property: number, { input, holds, share = 1 }: Claim<Input>): void {
  it(
    name,
    () => {
      const numRuns = Math.ceil(FUZZ_RUNS * share);
      fc.assert(fc.property(input, holds), { seed: fuzzSeed(property), numRuns });
      keepRecord({ what: 'random, damaged and senseless sources', tried: numRuns, faults: { crashes: 0 } });
    },
    FUZZ_TIMEOUT,
  );
}

function parse(text: string) {
  const diagnostics = new DiagnosticBag();
  const tree = parseSource('input.ion', text, diagnostics);
  expect(diagnostics.all, text).toEqual([]);
  return tree!;
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Anything goes but an exception, and silence about what is wrong. */
function compile(content: string | Uint8Array, others: Files = {}): void {
  const diagnostics = new DiagnosticBag();
  const host = memoryHost({ ...others, 'input.ion': content });
  const network = compileSource('input.ion', host, new Map(), diagnostics);
  expect(network === undefined).toBe(diagnostics.hasErrors);
}

const commentsOf = (text: string) => scan(text).comments.map(({ image }) => image.trimEnd());

describe('random programs', () => {
  itHolds('print to text that parses to the same tree, keep their comments, and are formatted once for all', 1, {
    input: arbitraryProgram,
    holds: (text) => {
      const tree = parse(text);
      const printed = printSource(tree);
      expect(withoutSpans(parse(printed))).toEqual(withoutSpans(tree));
      expect(formatSource('input.ion', printed, new DiagnosticBag())).toBe(printed);
      expect(commentsOf(printed)).toEqual(commentsOf(text));
    },
  });

  itHolds('compile or are diagnosed', 2, { input: arbitraryProgram, holds: compile });
});

/** Words and symbols of the language, and what begins like them. */
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...TOKENS.flatMap(({ LABEL = '' }) => /^`(.*)`$/.exec(LABEL)?.[1] ?? []),
      ...['5', '5 uS', 'name', '"text"', '// comment\n', '\n'],
    ),
  },
  fc.string({ unit: 'binary', maxLength: 4 }),
);

/** A program with the other files of its folder. */
interface Program {
  readonly text: string;
  readonly others: Files;
}

/** The programs of a folder that mean something. */
function programsIn(folder: string): Program[] {
  const names = readdirSync(join(REPOSITORY, folder)).filter((name) => /\.(ion|csv)$/.test(name));
  const others = Object.fromEntries(names.map((name) => [name, readFileSync(join(REPOSITORY, folder, name), 'utf8')]));
  return names.filter((name) => name.endsWith('.ion')).map((name) => ({ text: others[name] ?? '', others }));
}

const examples = readdirSync(join(REPOSITORY, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => programsIn(`examples/${name}`));

const program: Arbitrary<Program> = fc.oneof(
  arbitraryProgram.map((text) => ({ text, others: {} })),
  fc.constantFrom(...examples, ...programsIn('src/devices/library'), ...programsIn('test/golden/dsl')),
);

interface Damaged<Content> {
  readonly content: Content;
  readonly others: Files;
}

/** A program in which a stretch of tokens is replaced by others. */
const damagedTokens: Arbitrary<Damaged<string>> = fc
  .tuple(program, fc.nat(), fc.nat({ max: 3 }), fc.array(piece, { maxLength: 3 }))
  .map(([{ text, others }, place, length, pieces]) => {
    const { tokens } = scan(text);
    const index = place % (tokens.length + 1);
    const start = tokens[index]?.startOffset ?? text.length;
    const end = tokens[index + length]?.startOffset ?? text.length;
    return { content: `${text.slice(0, start)} ${pieces.join(' ')} ${text.slice(end)}`, others };
  });

/** A program in which a stretch of bytes is replaced by others. */
const damagedBytes: Arbitrary<Damaged<Uint8Array>> = fc
  .tuple(program, fc.nat(), fc.nat({ max: 4 }), fc.uint8Array({ maxLength: 4 }))
  .map(([{ text, others }, place, length, bytes]) => {
    const whole = Buffer.from(text);
    const start = place % (whole.length + 1);
    const content = Uint8Array.from([...whole.subarray(0, start), ...bytes, ...whole.subarray(start + length)]);
    return { content, others };
  });

describe('damaged programs', () => {
  itHolds('are diagnosed, or are other programs, where tokens are damaged', 3, {
    input: damagedTokens,
    share: 0.25,
    holds: ({ content, others }) => {
      compile(content, others);
      const diagnostics = new DiagnosticBag();
      const parsed = parseTolerantly('input.ion', content, diagnostics);
      expect(parsed?.isWhole === true).toBe(!diagnostics.hasErrors);
      // What could be read is a program of its own
      if (parsed) parse(printSource(parsed.tree));
    },
  });

  itHolds('are diagnosed, or are other programs, where bytes are damaged', 4, {
    input: damagedBytes,
    share: 0.25,
    holds: ({ content, others }) => {
      compile(content, others);
    },
  });
});

describe('noise', () => {
  itHolds('is diagnosed as words', 5, {
    input: fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(' ')),
    holds: compile,
  });
  itHolds('is diagnosed as bytes', 6, { input: fc.uint8Array({ maxLength: 64 }), holds: compile });
});
