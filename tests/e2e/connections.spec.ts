import { goTo } from './harness/navigation.ts';
import { expect, test } from './harness/test.ts';

test('a wrong password is diagnosed before anything is saved; with the right one the server can be used', async ({
  app,
}) => {
  const { host, port, user, database, password } = await app.home.server();
  const { page } = app;
  await goTo(page, 'Connections');
  await page.getByRole('link', { name: 'Add a server' }).click();
  const form = page.getByRole('dialog', { name: 'Add a server' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Archive');
  await form.getByRole('textbox', { name: 'Host' }).fill(host);
  await form.getByLabel('Port').fill(`${port}`);
  await form.getByRole('textbox', { name: 'Database' }).fill(database);
  await form.getByRole('textbox', { name: 'User' }).fill(user);
  await form.getByLabel('Password', { exact: true }).fill('not this one');

  await form.getByRole('button', { name: 'Test' }).click();
  await expect(form.getByRole('alert')).toContainText('The server refused user or password');
  await expect(form.getByRole('alert')).toContainText(`password authentication failed for user "${user}"`);

  await form.getByLabel('Password', { exact: true }).fill(password ?? '');
  await form.getByRole('textbox', { name: 'Database' }).fill('nowhere');
  await form.getByRole('button', { name: 'Test' }).click();
  await expect(form.getByRole('alert')).toContainText('The server has no such database');

  await form.getByRole('textbox', { name: 'Database' }).fill(database);
  await form.getByRole('button', { name: 'Test' }).click();
  const works = form.getByRole('status', { name: 'The connection works' });
  await expect(works).toContainText('This user may load data here.');

  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await page.getByRole('button', { name: 'Test Archive' }).click();
  await expect(page.getByText('The connection works')).toBeVisible();
  await page.getByRole('link', { name: 'Tables of Archive' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tables' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a server that is not there is told apart from one whose name nobody knows', async ({ app }) => {
  const { page } = app;
  await goTo(page, 'Connections');
  await page.getByRole('link', { name: 'Add a server' }).click();
  const form = page.getByRole('dialog', { name: 'Add a server' });
  await form.getByRole('textbox', { name: 'Host' }).fill('127.0.0.1');
  await form.getByLabel('Port').fill('1');
  await form.getByRole('textbox', { name: 'Database' }).fill('any');
  await form.getByRole('textbox', { name: 'User' }).fill('any');
  await form.getByRole('button', { name: 'Test' }).click();
  await expect(form.getByRole('alert')).toContainText('No server answers at this address');

  await form.getByRole('textbox', { name: 'Host' }).fill('no-such-host.invalid');
  await form.getByRole('button', { name: 'Test' }).click();
  await expect(form.getByRole('alert')).toContainText('The host name is not known');
});
