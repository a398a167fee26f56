import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Mapping, mappingSchema } from '#contract/mapping';
import type { App } from './harness/app.ts';
import { type Hands, keyboard, mouse } from './harness/hands.ts';
import { goTo } from './harness/navigation.ts';
import { expect, test } from './harness/test.ts';
import { expectStep } from './harness/wizard.ts';

const LIBRARY = `<library>
  <branch code="n1"><city>Huế</city><opened>2001-05-06</opened></branch>
  <branch code="n2"><city>Vinh</city><opened>2002-05-06</opened></branch>
  <book isbn="b1"><title>Truyện Kiều</title><branch>n1</branch><day>31/12/2023</day><note>x</note></book>
  <book isbn="b2"><title>Số đỏ</title><branch>n2</branch><day>30/11/2023</day><tag>a</tag><tag>b</tag></book>
  <book isbn="b3"><title>Vang bóng một thời</title><branch>n2</branch><day>29/11/2023</day><tag>c</tag></book>
</library>`;

async function openMapping(app: App): Promise<void> {
  const { home, page } = app;
  const folder = join(home.files, 'library');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'library.xml'), LIBRARY);
  await goTo(page, 'Load');
  await app.drop(folder);
  await expectStep(page, 'Source');
  await expect(page.getByText(/was proposed from the files/)).toBeVisible();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expectStep(page, 'Mapping');
}

for (const [how, handsOf] of [
  ['the mouse', mouse],
  ['the keyboard alone', keyboard],
] as const) {
  test(`a proposal is renamed, retyped, keyed, referred, formatted and cut down by ${how}, and saved as a file`, async ({
    app,
  }) => {
    // By keys alone it is a long way.
    test.slow();
    await openMapping(app);
    const saved = await changeAll(app, handsOf(app.page));
    const [book] = saved.tables.filter(({ name }) => name === 'sach');
    expect(book?.columns.map(({ name, type, many }) => [name, type, many])).toEqual(
      expect.arrayContaining([
        ['ten', 'varchar(100)', undefined],
        ['tag', 'text', 'join'],
      ]),
    );
    expect(book?.columns.map(({ name }) => name)).not.toContain('note');
    expect(book?.columns.find(({ name }) => name === 'day')).toMatchObject({
      formats: expect.arrayContaining(['yyyy.MM.dd']),
    });
    expect(book?.key).toEqual(['isbn', 'day']);
    expect(book?.references).toContainEqual({
      columns: ['branch'],
      table: 'branch',
      on: ['code'],
      onMissing: 'null',
      onDelete: 'cascade',
    });
  });
}

async function changeAll(app: App, hands: Hands): Promise<Mapping> {
  const { page } = app;
  const nameOf = (name: string) => page.getByRole('textbox', { name: `Name of the column ${name}`, exact: true });
  const typeOf = (name: string) => page.getByRole('combobox', { name: `Type of the column ${name}`, exact: true });
  await hands.press(page.getByRole('button', { name: /^book/ }));
  await hands.write(page.getByLabel('Table in the database'), 'sach');
  await hands.write(nameOf('title'), 'ten');
  await hands.write(typeOf('title'), 'varchar(100)');
  await hands.leave();
  await hands.tick(page.getByLabel('day belongs to the key'));
  await hands.tick(page.getByLabel('Load the column note'));
  await hands.press(page.getByRole('button', { name: 'How day is read' }));
  await hands.write(page.getByRole('combobox', { name: 'Date formats' }), 'yyyy.MM.dd');
  await page.keyboard.press('Enter');
  await hands.leave();
  await hands.pick(page.getByRole('radiogroup', { name: 'Show on the left' }), 'Elements');
  await hands.write(page.getByRole('searchbox', { name: 'Find an element' }), 'tag');
  // Until the list is filtered, the element stands elsewhere.
  await expect(page.getByRole('treeitem')).toHaveCount(3);
  await hands.put(page.getByRole('treeitem', { name: /^tag / }));
  await hands.press(page.getByRole('button', { name: 'How tag is read' }));
  await hands.choose(page.getByLabel('When there are several values'), 'join them');
  await hands.leave();
  await hands.write(typeOf('tag'), 'text');
  await hands.leave();
  await referToBranch(page, hands);
  const text = await app.savedBy(() =>
    hands.press(page.getByRole('button', { name: app.host === 'web' ? 'Download' : 'Save as a file' })),
  );
  return mappingSchema.parse(JSON.parse(text));
}

async function referToBranch(page: Page, hands: Hands): Promise<void> {
  const remove = page.getByRole('button', { name: /^Remove the reference to/ });
  for (let left = await remove.count(); left > 0; left -= 1) await hands.press(remove.first());
  await hands.press(page.getByRole('button', { name: 'Add a reference' }));
  await hands.choose(page.getByLabel('Refers to', { exact: true }), 'branch');
  await hands.choose(page.getByLabel('Column of reference 1'), 'branch');
  await hands.choose(page.getByLabel('When that row is nowhere'), 'leave the reference empty');
  await hands.choose(page.getByLabel('When that row is deleted later'), 'delete this row too');
}
