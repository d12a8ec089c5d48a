/// <reference lib="dom" />
/** Runs in a browser: what of the page that is shown is wider than it, cut off, or written over another text. */

/** Faults in words; none where all is well. The function is sent to the browser as it stands. */
export function layoutFaults(): readonly string[] {
  const faults: string[] = [];
  const width = document.documentElement.clientWidth;
  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
  if (document.documentElement.scrollWidth > width)
    faults.push(`the page scrolls sideways: ${String(document.documentElement.scrollWidth)} px`);
  // Strips of timing diagrams scroll by themselves
  const shown = [...document.querySelectorAll('body *')].filter(
    (element) => element.checkVisibility() && !element.closest('.strip, .tip, thead'),
  );
  for (const element of shown) {
    const { left, right, width: own } = element.getBoundingClientRect();
    if (own > 0 && (left < -1 || right > width + 1)) faults.push(`wider than the page: ${nameOf(element)}`);
    const style = getComputedStyle(element);
    const cuts = !(element instanceof SVGElement) && style.overflowX !== 'visible';
    if (cuts && element.scrollWidth > element.clientWidth + 1) faults.push(`cut off: ${nameOf(element)}`);
  }
  for (const svg of document.querySelectorAll('svg')) {
    if (!svg.checkVisibility()) continue;
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter((text) => text.checkVisibility({ opacityProperty: true }));
    const boxes = texts.map((text) => text.getBoundingClientRect());
    boxes.forEach((box, index) => {
      const text = texts[index];
      if (!text || box.width === 0) return;
      const isInside = box.left >= frame.left - 1 && box.right <= frame.right + 1 && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1; // prettier-ignore
      if (!isInside) faults.push(`cut off in a drawing: ${nameOf(text)}`);
      boxes.slice(index + 1).forEach((other, at) => {
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        const partner = texts[index + 1 + at];
        // Boxes hold room for accents and descenders, some of which may meet
        if (partner && across > 1 && down > 4)
          faults.push(`written over each other: ${nameOf(text)}, ${nameOf(partner)}`);
      });
    });
  }
  return faults;
}
