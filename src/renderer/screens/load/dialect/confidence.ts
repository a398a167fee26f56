import type { DialectEvidence } from '#contract/inference';

export type ConfidenceWord = 'sure' | 'likely' | 'unsure';

const SURE = 0.9;
const LIKELY = 0.75;

/** How sure a guess is, as people say it. */
export function confidenceWord(confidence: number): ConfidenceWord {
  if (confidence >= SURE) return 'sure';
  return confidence >= LIKELY ? 'likely' : 'unsure';
}

/** The facts of some evidence as a text can take them: numbers as numbers, signs by their names. */
export function evidenceFacts({ facts }: DialectEvidence, signName: (sign: string) => string) {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      name === 'delimiter' || name === 'quote' ? signName(String(fact)) : fact,
    ]),
  );
}
