/** What `ionloom init` can begin with; the files are in `templates/init`, those of a template in a folder of its name. */

export interface InitTemplate {
  readonly name: string;
  readonly summary: string;
  /** The description, which the other files belong to. */
  readonly main: string;
  readonly others: readonly string[];
}

/** The first is made where none is named. */
export const INIT_TEMPLATES: readonly InitTemplate[] = [
  {
    name: 'crossbar',
    summary: 'a pattern written into 4 x 4 cells of electrochemical memory, open loop',
    main: 'crossbar.ion',
    others: ['pattern.csv', 'README.md'],
  },
  {
    name: 'eis-stdp',
    summary: 'spike-timing-dependent plasticity from waveforms on proton synapses',
    main: 'stdp.ion',
    others: ['README.md'],
  },
  {
    name: 'magneto-ionic',
    summary: 'training on pairs of magneto-ionic devices, in a field and without',
    main: 'bars.ion',
    others: ['bars.csv', 'README.md'],
  },
  {
    name: 'sto-stpn',
    summary: 'short-term plasticity of SrTiO3 memristors: a network that looks things up',
    main: 'retrieval.ion',
    others: ['sequences.csv', 'README.md'],
  },
  {
    name: 'ecram-mushroom',
    summary: 'two layers trained in arrays of electrochemical memory, one pulse a change',
    main: 'mushrooms.ion',
    others: ['mushrooms.csv', 'README.md'],
  },
];
