/** Row about the size of an array: clocks of a controller of many lines, none of them skipped. */
import { openController, record, withoutWarp, modelOf } from '../support/controller-run.js';
import { ControllerHost } from '../../src/cosim/controller-host.js';
import { serialController } from '../support/area-controllers.js';
import { benchPureCpp, benchVerilator, type BenchModel } from './engine-bench.js';
import { threeDigits, type Measurement } from './measurement.js';
import { RecordingSession } from './stimulus-tape.js';

/** Pulses of the recorded run, of 1 to 255 clocks. */
const PULSES = 512;

/** Cell by cell on `lines` + `lines`, every clock evaluated, on Verilator beside the same model in plain C++. */
export async function measureLineClocks(lines: number): Promise<Measurement> {
  const model = await recordSerial(lines);
  const limit = await benchPureCpp(model);
  const ours = await benchVerilator(model);
  if (ours.hash !== limit.hash) throw new Error('the engine and the C++ test bench disagree');
  const events = threeDigits(ours.clocksPerSecond / ours.eventsPerSecond);
  const note = `serial, ${events} clocks an event, none skipped; goal 3e6`;
  return { ours: ours.clocksPerSecond, limit: limit.clocksPerSecond, note };
}

async function recordSerial(lines: number): Promise<BenchModel> {
  const legal = serialController(lines, PULSES);
  const whole = modelOf(legal);
  // Nothing is skipped, so clocks that could be are no reason to stop
  const source = { ...whole, watch: whole.watch.filter((name) => name !== 'left_o') };
  const session = new RecordingSession(await openController(legal, source));
  const host = new ControllerHost(withoutWarp(session), legal);
  host.start();
  const { errorCode, isStalled } = record(host, legal, 0).summary;
  if (errorCode !== 0 || isStalled) throw new Error('the recorded run ends without a fault');
  return { source, tape: session.tape };
}
