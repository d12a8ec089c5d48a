/** The training of `small-training.ts` with its first layer on devices, one repetition, as text. */
import { trainingText } from './small-training.js';

/** `realize` says how the rule reaches the cells. */
export function deviceTrainingText(realize = 'programming { levels = 100 }'): string {
  return `import device yszEcram from "std/devices"\n${trainingText(1, '')}`
    .replace('realize host', `realize ${realize}`)
    .replace(
      'pair -> hidden dense {',
      'pair -> hidden dense on yszEcram {\n    encode differential window mid scale 0.5 uS',
    )
    .replace('population hidden : relu[8]', 'population hidden : relu[3]');
}
