/** One port of a controller, and groups of them: what its parts bring and printing takes. */

export interface ControllerPort {
  readonly name: string;
  readonly direction: 'input' | 'output';
  readonly width: number;
  readonly summary: string;
}

export interface ControllerPortGroup {
  readonly title: string;
  readonly ports: readonly ControllerPort[];
}

/** Ports that belong together under a title of one line. */
export function portGroup(title: string, ...ports: readonly ControllerPort[]): ControllerPortGroup {
  return { title, ports };
}

/** A port that the controller reads. */
export function input(name: string, width: number, summary: string): ControllerPort {
  return { name, direction: 'input', width, summary };
}

/** A port that the controller drives. */
export function output(name: string, width: number, summary: string): ControllerPort {
  return { name, direction: 'output', width, summary };
}
