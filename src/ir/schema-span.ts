/** The shape of a span, shared by the schemas of all phases. */
import { z } from 'zod';
import type { Span } from '../core/span.js';

const position = z.strictObject({ offset: z.int(), line: z.int(), column: z.int() });

export const spanSchema: z.ZodType<Span> = z.strictObject({ file: z.string(), start: position, end: position });
