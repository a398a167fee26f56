import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conformanceTests, type SuiteTest } from './conformance-suite.ts';
import { parseWhole, saxesHears } from './support.ts';

/** Tests whose verdict cannot be ours, each with its reason. Rules for whole groups stand in {@link reasonToSkip}. */
const NOT_JUDGED: Readonly<Record<string, string>> = {
  'ibm-1-1-not-wf-P77-ibm77n13.xml': 'only an external DTD is wrong (the list says ENTITIES="none" by mistake)',
  'ibm-1-1-not-wf-P77-ibm77n14.xml': 'only an external DTD is wrong (the list says ENTITIES="none" by mistake)',
  'ibm-1-1-not-wf-P77-ibm77n15.xml': 'only an external DTD is wrong (the list says ENTITIES="none" by mistake)',
  'ibm-1-1-valid-P02-ibm02v02.xml': 'XML 1.1 with DOCTYPE: references to control characters stay refused',
  'ibm-1-1-valid-P02-ibm02v03.xml': 'XML 1.1 with DOCTYPE: references to control characters stay refused',
  'ibm-1-1-valid-P02-ibm02v05.xml': 'XML 1.1 with DOCTYPE: references to control characters stay refused',
  'rmt-043': 'XML 1.1 with DOCTYPE: references to control characters stay refused',
  'rmt-054': 'XML 1.1 with DOCTYPE: references to control characters stay refused',
};

function reasonToSkip(test: SuiteTest): string | undefined {
  if (test.type === 'error') return 'the specification leaves it to the processor';
  if (!test.editions.includes('5')) return 'superseded by the fifth edition';
  if (test.type === 'not-wf' && test.recommendation.startsWith('NS')) return 'namespaces are not enforced';
  if (test.type === 'not-wf' && test.entities !== 'none') return 'the damage is in an external entity';
  return NOT_JUDGED[test.id];
}

const all = conformanceTests();
const judged = all.filter((test) => reasonToSkip(test) === undefined);
const refusals = new Map(await Promise.all(judged.map(verdictOf)));

async function verdictOf(test: SuiteTest) {
  const { error } = await parseWhole(readFileSync(test.file));
  return [test.id, error] as const;
}

describe('the W3C conformance suite', () => {
  it('is all there', () => {
    expect({ all: all.length > 2500, judged: judged.length > 2000 }).toEqual({ all: true, judged: true });
  });

  it('has every not well-formed document refused with file, line and column', () => {
    const accepted = judged
      .filter((test) => test.type === 'not-wf')
      .filter((test) => {
        const place = refusals.get(test.id)?.place;
        return !(place?.path === 'a/b.xml' && (place.line ?? 0) > 0 && (place.column ?? 0) > 0);
      });
    expect(accepted.map((test) => test.id)).toEqual([]);
  });

  it('has every well-formed document accepted, valid or not', () => {
    const refused = judged.filter((test) => test.type !== 'not-wf' && refusals.get(test.id));
    expect(refused.map((test) => `${test.id}: ${refusals.get(test.id)?.message}`)).toEqual([]);
  });

  it('gives the documents without a DOCTYPE the verdicts and events of saxes', async () => {
    for (const test of all) {
      const bytes = readFileSync(test.file);
      const text = bytes.toString('utf8');
      // saxes reads characters: what is not plainly UTF-8 has its own tests.
      if (test.type === 'error' || text.includes('<!DOCTYPE') || /[\ufffd\0]/.test(text)) continue;
      if (/^.?<\?xml[^>]*encoding\s*=\s*["'](?!utf-8)/i.test(text)) continue;
      const ours = await parseWhole(bytes);
      expect([test.id, ours.error ? undefined : ours.heard]).toEqual([
        test.id,
        saxesHears(text.replace(/^\ufeff/, '')),
      ]);
    }
  });
});
