/** Clocks of a write-and-verify loop that are neither pulse, rest nor integration, nor the converters' own. */
import { CORPUS } from '../corpus/corpus.js';
import { RAILS, VERIFY, type CorpusEntry } from '../corpus/corpus-entry.js';
import { runOnHardware } from '../corpus/on-hardware.js';
import type { PortBlock } from '../../src/cosim/port-block.js';
import { encode } from '../../src/ir/passes/encode.js';
import { clockByClock } from './clock-by-clock.js';
import { openController } from './controller-run.js';
import { scheduledModule } from './pulse-program.js';

/** From the commit of a read to that of the next, in clocks. */
interface Turn {
  clocks: number;
  /** A pulse is on. */
  fired: number;
  pulses: number;
  /** From a strobe to the clock in which the answer is valid, both included. */
  converting: number;
  strobes: number;
}

/** What turns take at most beyond what the program asks for. */
export interface VerifyLoopClocks {
  /** With pulses, and without on to the next row. */
  readonly pulsed: number;
  readonly passed: number;
}

/** The loop of a corpus entry whose converters take so many columns each, one after the other, at the pins. */
export async function verifyLoopClocks(title: string, shares: number): Promise<VerifyLoopClocks> {
  const entry = CORPUS.find((candidate) => candidate.title === title);
  if (!entry) throw new Error(`the corpus has no ${title}`);
  const { program } = entry;
  const scan = { ...program.scan, shares, converters: program.columns / shares };
  const turns = await turnsOf({ ...entry, program: { ...program, scan } });
  const overhead = ({ clocks, fired, pulses, converting, strobes }: Turn): number =>
    clocks - VERIFY.integrateClocks - fired - pulses * program.restClocks - converting - strobes * scan.settleClocks;
  const most = (isChosen: (turn: Turn) => boolean): number => {
    // What follows the last read is no turn
    const chosen = turns.slice(0, -1).filter(isChosen);
    if (chosen.length === 0) throw new Error('the run has turns of both kinds');
    return Math.max(...chosen.map(overhead));
  };
  return {
    pulsed: most(({ pulses }) => pulses > 0),
    passed: most(({ pulses }) => pulses === 0),
  };
}

/** Every read of a run and what follows it. */
async function turnsOf(entry: CorpusEntry): Promise<readonly Turn[]> {
  const legal = encode(scheduledModule(entry.program));
  const turns: Turn[] = [];
  let [wasReading, wasFiring, isConverting] = [false, false, false];
  const before = (ports: PortBlock): void => {
    const turn = turns.at(-1);
    if (!turn) return;
    if (ports.get('adc_conv_o') === 1) {
      isConverting = true;
      turn.strobes += 1;
    }
    turn.converting += Number(isConverting);
    if (ports.get('adc_valid_i') === 1) isConverting = false;
  };
  const after = (ports: PortBlock): void => {
    const isReading = ports.get('rail_o') === RAILS.read;
    // A read ends with the next commit, also where that is a read
    const begins = isReading && (!wasReading || ports.get('line_event_o') === 1);
    if (begins) turns.push({ clocks: 0, fired: 0, pulses: 0, converting: 0, strobes: 0 });
    wasReading = isReading;
    const turn = turns.at(-1);
    if (!turn) return;
    const isFiring = ports.get('fire_o') === 1;
    turn.clocks += 1;
    turn.fired += Number(isFiring);
    turn.pulses += Number(isFiring && !wasFiring);
    wasFiring = isFiring;
  };
  const runs = runOnHardware(clockByClock(await openController(legal), { before, after }), legal, entry);
  if (runs.some(({ summary }) => summary.errorCode !== 0)) throw new Error('the run ends without a fault');
  return turns;
}
