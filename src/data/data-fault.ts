/** Why a file with samples cannot be used, in words for a message. */
export interface DataFault {
  readonly kind: 'data-fault';
  /** In words for a message. */
  readonly reason: string;
}

/** A fault with that reason. */
export function dataFault(reason: string): DataFault {
  return { kind: 'data-fault', reason };
}
