/** Energy by component, with where every figure comes from and how far it is trusted. */
import type { EnergyComponent, EnergyEstimate, EnergyInterval } from '../ir/energy-estimate.js';
import {
  ESTIMATE_DIGITS,
  formatInterval,
  formatCount,
  formatPercent,
  formatQuantity,
} from '../units/format-quantity.js';
import { html, type Html } from './html.js';

/** Bars by group, then the table of components. */
export function renderEnergy(estimate: EnergyEstimate): Html {
  return html`<h3>Energy</h3>
    <p class="lead">
      One run of the experiment, first seed, technology ${estimate.technology}: ${energyText(estimate.total)}, believed
      to lie within ${formatInterval(estimate.total.low_J, estimate.total.high_J, 'J')}.
    </p>
    <ul class="shares">
      ${estimate.groups.map((group) => shareBar(group.group, group, estimate.total))}
    </ul>
    <div class="scroll" role="region" aria-label="Energy by component" tabindex="0">
      <table class="energy">
        <caption>
          Bounds of the total are sums of bounds, as if all errors were correlated
        </caption>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col" class="number">Count</th>
            <th scope="col" class="number">Energy</th>
            <th scope="col" class="number">Interval</th>
            <th scope="col">Source</th>
            <th scope="col">Confidence</th>
          </tr>
        </thead>
        <tbody>
          ${estimate.components.map(componentRow)}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td></td>
            <td class="number">${energyText(estimate.total)}</td>
            <td class="number">${formatInterval(estimate.total.low_J, estimate.total.high_J, 'J')}</td>
            <td></td>
            <td></td>
          </tr>
        </tfoot>
      </table>
    </div>`;
}

function shareBar(name: string, part: EnergyInterval, total: EnergyInterval): Html {
  const share = total.energy_J === 0 ? 0 : part.energy_J / total.energy_J;
  const width = (share * 100).toFixed(2);
  return html`<li>
    <span class="share-name">${name}</span>
    <span class="track" aria-hidden="true"><span class="fill" style="width: ${width}%"></span></span>
    <span class="share-energy">${energyText(part)}</span>
    <span class="share-part">${share > 0 && share < 0.001 ? '< 0.1 %' : formatPercent(share)}</span>
  </li>`;
}

function componentRow(component: EnergyComponent): Html {
  return html`<tr>
    <th scope="row">${component.name} <span class="basis">${component.basis}</span></th>
    <td class="number">${formatCount(component.count)}</td>
    <td class="number">${energyText(component)}</td>
    <td class="number">${formatInterval(component.low_J, component.high_J, 'J')}</td>
    <td class="source">${component.source}</td>
    <td>${component.confidence}</td>
  </tr>`;
}

function energyText(energy: EnergyInterval): string {
  return formatQuantity(energy.energy_J, 'J', ESTIMATE_DIGITS);
}
