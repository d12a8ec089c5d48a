/** What the compiler may ask of a file system; the implementation on disk is the only door to it. */

/** Why a file could not be read, in words for a message. */
export interface FileFault {
  readonly kind: 'file-fault';
  readonly reason: 'missing' | 'denied' | 'directory' | 'too-large' | 'other';
  readonly text: string;
}

export interface FileHost {
  /** Whole content, or why not; `maxBytes` bounds what is read. */
  readBytes(path: string, maxBytes: number): Uint8Array | FileFault;
  /** `target` as seen from the folder of `fromFile`; absolute targets stay. */
  resolve(fromFile: string, target: string): string;
}
