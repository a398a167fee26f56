/** What marks an element of the tree while it is dragged onto a table. */
export const ELEMENT_TYPE = 'application/x-loadstone-element';
