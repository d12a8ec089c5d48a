/** A `program` declaration with its device, its window and its images. */
import type { DeviceModel } from '../../devices/device-model.js';
import { kernelObstacles } from '../../devices/kernel-limits.js';
import type { WriteProgram } from '../../ir/network.js';
import { WRITE_ORDERS, type ProgramClause, type ProgramItem, type UseDeviceClause } from '../syntax/program.js';
import { checkWord, ClauseFinder, type Owner } from '../check/check-clauses.js';
import { checkRange, checkSigned } from '../check/check-constant.js';
import { DIMENSION } from '../check/dimensions.js';
import { DSL_CATALOGUE } from '../catalogue.js';
import { checkWindowsInside, findWindow } from '../device/check-figures.js';
import { lowerImages } from './lower-images.js';
import type { LoweringContext, RunnableProgram } from './lowering-context.js';

/** The program; undefined after reporting. */
export function lowerProgram(item: ProgramItem, context: LoweringContext): RunnableProgram | undefined {
  const { diagnostics } = context;
  const owner: Owner = { description: `program \`${item.name.name}\``, name: item.name };
  const finder = new ClauseFinder<ProgramClause>(owner, item.body.clauses, diagnostics);
  const use = finder.required('use-device', 'device');
  const from = finder.optional('from', 'from');
  const write = finder.required('write', 'write');
  const readBack = finder.optional('read-back', 'read after each');
  const disturb = finder.required('disturb', 'disturb at most');
  const device = use && findProgrammable(use, context);
  const window = use && device && lowerWindow(use, device, context);
  const order = write && checkWord(write.order, { what: 'order', known: WRITE_ORDERS }, diagnostics);
  const budget = { what: 'disturb budget', dimension: DIMENSION.none, sign: 'not negative', symbol: '1' } as const;
  const fraction = disturb && checkSigned(disturb.budget, budget, context);
  if (!device || !window || !write || !order || !disturb || fraction === undefined) return undefined;
  const program: WriteProgram = {
    name: item.name.name,
    origin: item.span,
    device: device.name,
    window,
    images: from ? lowerImages(from.images, window, context) : [],
    write: { order, origin: write.span },
    ...(readBack && { readBack: { origin: readBack.span } }),
    disturbBudget: { fraction, origin: disturb.span },
  };
  return { program, device };
}

/** The device, if kernels can run it; undefined after reporting. */
function findProgrammable({ device: name }: UseDeviceClause, context: LoweringContext): DeviceModel | undefined {
  const device = context.find(name, 'device');
  const [obstacle] = device ? kernelObstacles(device) : [];
  if (!device || !obstacle) return device;
  const related = [{ message: 'because of this', span: obstacle.origin }];
  const params = { device: device.name, reason: obstacle.reason };
  context.diagnostics.report(DSL_CATALOGUE, 'unprogrammable-device', params, { span: name.span, related });
  return undefined;
}

function lowerWindow(
  { window: choice, span }: UseDeviceClause,
  device: DeviceModel,
  context: LoweringContext,
): WriteProgram['window'] | undefined {
  if (!choice) {
    const byDefault = device.windows.find(({ name }) => name === device.defaultWindow);
    return byDefault && { name: byDefault.name, low: byDefault.low, high: byDefault.high, origin: span };
  }
  if (choice.kind === 'range') {
    const name = 'custom';
    const range = checkRange(choice, { what: 'window', dimension: DIMENSION.conductance, symbol: 'S' }, context);
    const [conductance] = device.states;
    if (conductance)
      checkWindowsInside([{ description: 'window', ...range, origin: choice.span }], conductance, context);
    return { name, ...range, origin: choice.span };
  }
  const { value } = choice;
  if (value.kind !== 'reference') {
    const expected = 'the name of a window or a range `low .. high`';
    const params = { expected, found: 'an expression', nearest: undefined };
    context.diagnostics.report(DSL_CATALOGUE, 'syntax', params, { span: value.span });
    return undefined;
  }
  const window = findWindow(value, device.windows, context);
  return window && { name: window.name, low: window.low, high: window.high, origin: span };
}
