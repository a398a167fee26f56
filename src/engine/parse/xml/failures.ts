import { LoadstoneError, type Place } from '#contract/errors';

const REPAIR = 'Repair the file at this place or ask its sender for a whole one. Nothing of the file was loaded.';

export function notWellFormed(place: Place, message: string, remedy = REPAIR): LoadstoneError {
  return new LoadstoneError({ code: 'XML_NOT_WELL_FORMED', message, remedy, place });
}

export function limitExceeded(place: Place, message: string): LoadstoneError {
  const remedy = 'Split the document or simplify it below the limit. Nothing of the file was loaded.';
  return new LoadstoneError({ code: 'XML_LIMIT_EXCEEDED', message, remedy, place });
}
