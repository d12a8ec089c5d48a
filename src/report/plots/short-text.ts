/** Names that must fit. */

/** `text`, or its beginning with an ellipsis where it has more characters than `most`. */
export function shortText(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
