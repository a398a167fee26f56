const CONDITION = /\[(?!")(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\]"'])*\]/g;

/** The steps of a path as they are written, a `/` within brackets or quotes apart. */
export function pathSteps(path: string): readonly string[] {
  const steps: string[] = [];
  let step = '';
  let depth = 0;
  let quote = '';
  for (const sign of path) {
    if (quote !== '') quote = sign === quote && !step.endsWith('\\') ? '' : quote;
    else if (depth > 0 && (sign === '"' || sign === "'")) quote = sign;
    else if (sign === '[') depth += 1;
    else if (sign === ']') depth -= 1;
    if (sign === '/' && depth === 0 && quote === '') {
      if (step !== '') steps.push(step);
      step = '';
    } else step += sign;
  }
  return step === '' ? steps : [...steps, step];
}

/** The steps without positions, tests and prefixes. */
export function plainSteps(path: string): readonly string[] {
  return pathSteps(path.trim())
    .map((step) => step.replace(CONDITION, '').replace(/^(@?)[^[:@]*:(?=.)/, '$1'))
    .filter((step) => step !== '.' || path.trim() === '.');
}

/** The name that a step stands for: without `@`, brackets and quotes. */
export function stepName(step: string): string {
  const bare = step.replace(/^@/, '').replace(/^[^[:]*:(?=.)/, '');
  if (!bare.startsWith('["')) return bare;
  try {
    const name: unknown = JSON.parse(bare.slice(1, -1));
    return typeof name === 'string' ? name : bare;
  } catch {
    return bare;
  }
}
