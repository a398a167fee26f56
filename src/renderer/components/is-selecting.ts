/** Whether a press ended a selection of text: then it is not meant for what the text stands in. */
export function isSelecting(): boolean {
  return getSelection()?.type === 'Range';
}
