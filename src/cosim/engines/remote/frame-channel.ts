/** Asks a simulator through two descriptors and waits for each answer; one question at a time, so nothing can pile up. */
import { closeSync, readSync, writeSync } from 'node:fs';
import { checkFrame, decodeHeader, encodeFrame, FrameFault, HEADER_BYTES, type FrameKind } from './frame.js';

/** The simulator has closed its end: its process is gone. */
export class SimulatorLost extends Error {
  override readonly name = 'SimulatorLost';
}

/** The simulator says by itself that it cannot go on. */
export class SimulatorFault extends Error {
  override readonly name = 'SimulatorFault';
}

export class FrameChannel {
  readonly #toSimulator: number;
  readonly #fromSimulator: number;
  #sequence = 0;

  /** Takes over two blocking descriptors. */
  constructor(toSimulator: number, fromSimulator: number) {
    this.#toSimulator = toSimulator;
    this.#fromSimulator = fromSimulator;
  }

  /**
   * Sends a frame and returns the payload of the answer.
   * @throws {@link SimulatorLost}, {@link SimulatorFault}, or {@link FrameFault} for a damaged answer
   */
  ask(kind: FrameKind, payload: Uint8Array): Uint8Array {
    this.#sequence = (this.#sequence + 1) >>> 0;
    this.#send(encodeFrame(kind, this.#sequence, payload));
    const header = this.#receive(HEADER_BYTES);
    const answer = decodeHeader(header);
    const body = this.#receive(answer.payloadBytes);
    checkFrame(header, body);
    if (answer.kind === 'fault') throw new SimulatorFault(new TextDecoder().decode(body));
    if (answer.sequence !== this.#sequence)
      throw new FrameFault(`it is number ${String(answer.sequence)}, not ${String(this.#sequence)}`);
    if (answer.kind !== kind) throw new FrameFault(`it is of kind ${answer.kind}, not ${kind}`);
    return body;
  }

  /** Tells the simulator that it may go, and closes both descriptors. */
  close(): void {
    try {
      this.#send(encodeFrame('bye', this.#sequence + 1, new Uint8Array()));
    } catch (fault) {
      if (!(fault instanceof SimulatorLost)) throw fault;
    }
    closeSync(this.#toSimulator);
    closeSync(this.#fromSimulator);
  }

  #send(bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(this.#toSimulator, bytes, done);
    } catch (fault) {
      if (isBrokenPipe(fault)) throw new SimulatorLost('closed its end');
      throw fault;
    }
  }

  #receive(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let done = 0; done < count;) {
      const read = readSync(this.#fromSimulator, bytes, done, count - done, null);
      if (read === 0) throw new SimulatorLost('closed its end');
      done += read;
    }
    return bytes;
  }
}

function isBrokenPipe(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && fault.code === 'EPIPE';
}
