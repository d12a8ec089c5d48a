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
  /** The first `maxBytes` bytes, all of a shorter file, or why not. */
  readHead(path: string, maxBytes: number): Uint8Array | FileFault;
  /** The place of an existing file or folder with all links followed, or why there is none. */
  realPath(path: string): string | FileFault;
  /** `target` as seen from the folder of `fromFile`; absolute targets stay. */
  resolve(fromFile: string, target: string): string;
}
