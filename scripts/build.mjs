/** `npm run build`: dependencies and `dist`, nothing else. */
import { setUp } from './setup.mjs';

setUp();
