import type { DialectEvidenceCode, DialectProperty } from '#contract/inference';

/** From here on a guess may be relied on. */
export const CONFIDENT = 0.9;

export function guessed<Value>(
  value: Value,
  confidence: number,
  code: DialectEvidenceCode,
  facts: DialectProperty<Value>['evidence']['facts'] = {},
): DialectProperty<Value> {
  return { value, confidence, evidence: { code, facts } };
}

export function given<Value>(value: Value): DialectProperty<Value> {
  return guessed(value, 1, 'GIVEN');
}
