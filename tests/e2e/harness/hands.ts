import type { Locator, Page } from '@playwright/test';
import { expect } from './expect.ts';

/** The ways a user works: with the mouse, or with nothing but the keyboard. */
export interface Hands {
  press(control: Locator): Promise<void>;
  /** Ticks a box, or takes the tick away. */
  tick(box: Locator): Promise<void>;
  /** Takes the place of what stands in a field. */
  write(field: Locator, text: string): Promise<void>;
  /** An option of a select, by its text. */
  choose(select: Locator, option: string): Promise<void>;
  /** One of a few that stand side by side. */
  pick(group: Locator, option: string): Promise<void>;
  /** An element of the tree into the table that is shown. */
  put(element: Locator): Promise<void>;
  /** Leaves what floats above the page. */
  leave(): Promise<void>;
}

export function mouse(page: Page): Hands {
  return {
    press: (control) => control.click(),
    tick: (box) => box.click(),
    write: (field, text) => field.fill(text),
    choose: async (select, option) => {
      await select.selectOption({ label: option });
    },
    pick: (group, option) => group.getByText(option, { exact: true }).click(),
    put: async (element) => {
      // A page that scrolls between press and move would lose what is dragged.
      await element.scrollIntoViewIfNeeded();
      await element.dragTo(page.getByLabel('Table in the database'), { steps: 8 });
    },
    leave: () => page.getByRole('heading', { level: 2 }).click(),
  };
}

export function keyboard(page: Page): Hands {
  const reach = (control: Locator) => reachByKeys(page, control);
  return {
    press: async (control) => {
      await reach(control);
      await page.keyboard.press('Enter');
    },
    tick: async (box) => {
      await reach(box);
      await page.keyboard.press('Space');
    },
    write: async (field, text) => {
      await reach(field);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type(text);
    },
    choose: async (select, option) => {
      await reach(select);
      await page.keyboard.type(option);
      await expect(select.locator('option:checked')).toHaveText(option);
    },
    pick: async (group, option) => {
      await reach(group.locator('input:checked'));
      await page.keyboard.press('ArrowRight');
      await expect(group.getByRole('radio', { name: option })).toBeChecked();
    },
    put: async (element) => {
      const tree = page.getByRole('tree');
      await reach(tree);
      await page.keyboard.press('Home');
      // What is looked for may still be filtered out of the list: then the element stands elsewhere.
      const isReached = async () =>
        (await tree.getAttribute('aria-activedescendant')) === (await element.getAttribute('id'));
      for (let keys = 0; keys < MOST_KEYS && !(await isReached()); keys += 1) await page.keyboard.press('ArrowDown');
      expect(await isReached()).toBe(true);
      await page.keyboard.press('Enter');
    },
    leave: () => page.keyboard.press('Escape'),
  };
}

const MOST_KEYS = 120;

/** By Tab; from row to row of a table's columns, which are one stop for Tab, by the arrow keys. */
async function reachByKeys(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeEnabled();
  for (let keys = 0; keys < MOST_KEYS; keys += 1) {
    const key = await control.evaluate(keyTowards);
    if (key === null) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${control} cannot be reached by the keyboard`);
}

/** What is needed of the page's DOM, of which nothing is known here. */
interface PageElement {
  readonly ownerDocument: { readonly activeElement: PageElement };
  readonly children: Iterable<PageElement>;
  closest(selector: string): PageElement | null;
  contains(other: PageElement): boolean;
  compareDocumentPosition(other: PageElement): number;
  getAttribute(name: string): string | null;
}

/** The next key on the way to a control; null: it has the focus. Runs in the page. */
function keyTowards(control: PageElement): string | null {
  const PRECEDING = 2;
  const now = control.ownerDocument.activeElement;
  if (now === control) return null;
  const rows = [...(control.closest('ul[aria-label^="Columns of"]')?.children ?? [])];
  const row = rows.findIndex((one) => one.contains(control));
  const own = rows.findIndex((one) => one.contains(now));
  if (row < 0 || own < 0) return 'Tab';
  if (own === row) return now.compareDocumentPosition(control) & PRECEDING ? 'Shift+Tab' : 'Tab';
  const isName = now.getAttribute('aria-label')?.startsWith('Name of') === true;
  // Of a row that is left out only the tick can be reached.
  if (!isName && rows[own]?.getAttribute('data-out') === null) return 'Tab';
  return own < row ? 'ArrowDown' : 'ArrowUp';
}
