import type { ErrorFacts, Place } from '#contract/errors';
import { type Paint, paint } from './colour.ts';
import { visible } from './visible.ts';

/** `folder/file.xml:4:611`, as editors and terminals link it. */
export function placeText(place: Place): string {
  const { path, line, column } = place;
  return `${visible(path)}${line === undefined ? '' : `:${line}`}${column === undefined ? '' : `:${column}`}`;
}

/** A message of several lines keeps them; nothing in it drives the terminal. */
function lines(text: string): string {
  return text.split('\n').map(visible).join('\n  ');
}

/** @returns what went wrong, where, and what to do; a stack only where one is given. */
export function renderError(facts: ErrorFacts, colour = false, stack?: string): string {
  const { red, dim }: Paint = paint(colour);
  const place = facts.place && !facts.message.includes(facts.place.path) ? `${placeText(facts.place)}: ` : '';
  const isTold = facts.sqlState === undefined || facts.message.includes(facts.sqlState);
  const sqlState = isTold ? '' : ` (SQLSTATE ${facts.sqlState})`;
  const head = `${red(`${facts.code}:`)} ${place}${lines(facts.message)}${sqlState}\n`;
  return `${head}  ${lines(facts.remedy)}\n${stack === undefined ? '' : `${dim(stack)}\n`}`;
}
