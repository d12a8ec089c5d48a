/** The streams of the server: messages that are no requests are answered, not dropped. */
import type { Readable, Writable } from 'node:stream';
import {
  ErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
  type DataCallback,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver/node';

/** Both directions of a connection. */
export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
}

/**
 * Reads messages from `input` and writes to `output`. Text that is no JSON is answered with error -32700, JSON that
 * is no message with -32600, both without an id, as JSON-RPC 2.0 (section 5.1) says; the connection goes on.
 */
export function openTransport(input: Readable, output: Writable): Transport {
  const writer = new StreamMessageWriter(output);
  const stream = new StreamMessageReader(input);
  const answer = (code: number, message: string): void => {
    // Nobody is left to hear of a failure to write
    writer.write(Object.assign({ jsonrpc: '2.0', id: null }, { error: { code, message } })).catch(() => undefined);
  };
  stream.onError((error) => {
    answer(ErrorCodes.ParseError, error.message);
  });
  const reader: MessageReader = {
    onError: stream.onError,
    onClose: stream.onClose,
    onPartialMessage: stream.onPartialMessage,
    listen: (callback: DataCallback) =>
      stream.listen((message) => {
        if (isMessage(message)) callback(message);
        else answer(ErrorCodes.InvalidRequest, 'this is neither a request nor a notification nor a response');
      }),
    dispose: () => {
      stream.dispose();
    },
  };
  return { reader, writer };
}

/** Whether JSON from outside is a message; the types of the library promise more than it has looked at. */
function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { method, id, params, result, error } = value as Readonly<Record<string, unknown>>;
  const isIdentified = typeof id === 'string' || typeof id === 'number';
  if (method === undefined) return id === null || (isIdentified && (result !== undefined || error !== undefined));
  const isStructured = params === undefined || params === null || typeof params === 'object';
  return typeof method === 'string' && (id === undefined || isIdentified) && isStructured;
}
