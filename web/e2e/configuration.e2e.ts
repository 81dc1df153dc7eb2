// Settings: made, changed, refused, deleted; by two administrators at once, and by keys alone.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addNamed, administer, form, goTo, openRow, row, save } from './support/administrator';
import { closeBrowser, openPage, type Watched } from './support/browser';
import { absent, Center } from './support/center';

describe.skipIf(absent !== null)('configuration', () => {
  let center: Center;
  const opened: Watched[] = [];
  beforeAll(async () => {
    center = await Center.start();
  });
  afterEach(async () => {
    const faults = opened.flatMap((each) => each.faults);
    await Promise.all(opened.splice(0).map(({ context }) => context.close()));
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await closeBrowser();
    await center.stop();
  });

  async function arrive(section: string) {
    const watched = await openPage(center.url);
    opened.push(watched);
    await administer(watched.page, center, section);
    return watched.page;
  }

  it('makes a skill, a queue that asks for it, and an agent who has it', async () => {
    const page = await arrive('skills');
    await addNamed(page, 'skill', 'Portuguese');
    await goTo(page, 'Queues');
    await page.getByRole('button', { name: 'New queue' }).click();
    await form(page).getByLabel('Name', { exact: true }).fill('Português');
    await form(page)
      .getByLabel('Add to Skills an agent must have')
      .selectOption({ label: 'Portuguese' });
    await form(page).getByLabel('Level of Portuguese').selectOption('7');
    await form(page).getByRole('button', { name: 'Add a ring' }).click();
    await form(page)
      .getByLabel('Ask less of a skill in ring 1')
      .selectOption({ label: 'Portuguese' });
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await row(page, 'Português').getByText('Portuguese 7').waitFor();
    await goTo(page, 'Agents');
    await page.getByRole('button', { name: 'New agent' }).click();
    await form(page).getByLabel('Name', { exact: true }).fill('Rui Alves');
    await form(page).getByLabel('Add to Queues').selectOption({ label: 'Português' });
    await form(page).getByLabel('Add to Skills').selectOption({ label: 'Portuguese' });
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await row(page, 'Rui Alves').getByText('Português').waitFor();
    await page.reload();
    await form(page).getByRole('heading', { name: 'Rui Alves' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('rui portugues');
    await row(page, 'Rui Alves').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });

  it('says at the field what is wrong, before the server and after it', async () => {
    const page = await arrive('channels');
    await page.getByRole('button', { name: 'New channel' }).click();
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await form(page).getByText('Is empty.').first().waitFor();
    expect(
      await form(page)
        .getByLabel('Name', { exact: true })
        .evaluate((field) => field === document.activeElement),
    ).toBe(true);
    await form(page).getByText('Choose one.').waitFor();
    await form(page).getByLabel('Name', { exact: true }).fill('Second line');
    await form(page).getByLabel('Number or address').fill('+15551230001');
    await form(page).getByLabel('Script').selectOption({ index: 1 });
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await form(page)
      .getByText(/belongs to another channel/i)
      .waitFor();
    await form(page).getByLabel('Number or address').fill('+15551239999');
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await row(page, 'Second line').waitFor();
  });

  it('asks before unsaved changes are left, by any way out', async () => {
    const page = await arrive('groups');
    await addNamed(page, 'group', 'Night shift');
    await form(page).getByLabel('Name', { exact: true }).fill('Late shift');
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.goBack();
    await dialog.getByRole('button', { name: 'Stay' }).click();
    expect(await form(page).getByLabel('Name', { exact: true }).inputValue()).toBe('Late shift');
    await page.getByRole('link', { name: 'Supervisor' }).click();
    await dialog.getByRole('button', { name: 'Leave without saving' }).click();
    await page.waitForURL(/\/supervisor$/);
    await page.goBack();
    await row(page, 'Night shift').waitFor();
  });

  it('keeps two administrators from overwriting each other unseen', async () => {
    const one = await arrive('skills');
    await addNamed(one, 'skill', 'Dutch');
    await goTo(one, 'Queues');
    await addNamed(one, 'queue', 'Nederlands');
    const other = await arrive('queues');
    await openRow(other, 'Nederlands');
    await form(one).getByLabel('Priority').fill('70');
    await form(other).getByLabel('Priority').fill('60');
    await form(other).getByLabel('Name', { exact: true }).fill('Nederlands en Vlaams');
    await save(one);
    await form(one).getByText('Saved.').waitFor();
    await save(other);
    const conflict = form(other).getByRole('alert').filter({ hasText: 'Somebody else' });
    const priority = conflict.getByRole('row').filter({ hasText: 'Priority' });
    expect(await priority.getByRole('cell').allTextContents()).toEqual(['50', '70', '60']);
    await conflict.getByRole('button', { name: 'Keep mine' }).click();
    await save(other);
    await form(other).getByText('Saved.').waitFor();
    await form(one).getByLabel('Priority').fill('10');
    await save(one);
    await form(one).getByRole('button', { name: 'Take theirs' }).click();
    expect(await form(one).getByLabel('Priority').inputValue()).toBe('60');
    expect(await form(one).getByLabel('Name', { exact: true }).inputValue()).toBe(
      'Nederlands en Vlaams',
    );
  });

  it('deletes what nothing uses, and says what uses the rest', async () => {
    const page = await arrive('skills');
    await addNamed(page, 'skill', 'Latin');
    await addNamed(page, 'skill', 'Greek');
    await goTo(page, 'Agents');
    await addNamed(page, 'agent', 'Homer');
    await form(page).getByLabel('Add to Skills').selectOption({ label: 'Greek' });
    await save(page);
    await form(page).getByText('Saved.').waitFor();
    await goTo(page, 'Skills');
    await openRow(page, 'Greek');
    await form(page).getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('link', { name: 'Homer' }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await openRow(page, 'Latin');
    await form(page).getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await row(page, 'Latin').waitFor({ state: 'detached' });
    await page.waitForURL(/\/skills$/);
  });

  it('works by keys alone', async () => {
    const page = await arrive('groups');
    await page.getByRole('button', { name: 'New group' }).waitFor();
    await page.keyboard.press('Alt+n');
    await form(page).waitFor();
    await page.keyboard.type('Weekend');
    await page.keyboard.press('Alt+Enter');
    await row(page, 'Weekend').waitFor();
    await page.keyboard.press('Escape');
    await form(page).waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.keyboard.type('weekend');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await form(page).getByRole('heading', { name: 'Weekend' }).waitFor();
    await page.keyboard.press('Escape');
    await form(page).waitFor({ state: 'detached' });
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    expect(focused).toBe('Weekend');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Save').waitFor();
  });

  it('opens deep links, goes back, and names what is gone', async () => {
    const page = await arrive('schedules/new');
    await form(page).getByLabel('Name', { exact: true }).fill('Branch');
    await form(page).getByLabel('Monday to').fill('12');
    await form(page).getByRole('button', { name: 'Add a day' }).click();
    await form(page).getByRole('textbox', { name: 'Day 1' }).fill('2027-01-01');
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await row(page, 'Branch').getByText('Mon 09:00–12:00, Tue–Fri 09:00–17:00').waitFor();
    await page.goto('/configuration/queues/4294967295');
    await page.getByText('There is no such queue').waitFor();
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await page.waitForURL(/\/queues$/);
    await page.goBack();
    await page.getByText('There is no such queue').waitFor();
    await page.goto('/configuration/nowhere');
    await page.getByText('There is no such page').waitFor();
  });

  it('sends events only where it may, and shows what became of them', async () => {
    const page = await arrive('webhooks');
    await page.getByRole('button', { name: 'New webhook' }).click();
    await form(page).getByLabel('Name', { exact: true }).fill('Warehouse');
    await form(page).getByLabel('Address').fill('https://127.0.0.1/events');
    await form(page)
      .getByLabel('Add to Which events')
      .selectOption({ label: 'InteractionCreated' });
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await form(page).getByText(/^It /).waitFor();
    await form(page).getByLabel('Address').fill('https://example.com/events');
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await form(page).getByText('Nothing was sent yet.').waitFor();
    await form(page).getByText('Nothing was given up.').waitFor();
    await form(page).getByLabel('Send events').uncheck();
    await save(page);
    await row(page, 'Warehouse').getByText('Off').waitFor();
    await form(page).getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('There is no webhook yet').waitFor();
  });

  it('says when the server cannot be reached, keeps what was typed, and saves it once', async () => {
    const page = await arrive('groups');
    await page.getByRole('button', { name: 'New group' }).click();
    await form(page).getByLabel('Name', { exact: true }).fill('Cut off');
    await page.route('**/admin/v1/groups', (route) => route.abort());
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await form(page).getByText('The server cannot be reached.').waitFor();
    await page.unroute('**/admin/v1/groups');
    await form(page).getByRole('button', { name: 'Create', exact: true }).click();
    await row(page, 'Cut off').waitFor();
    await page.route('**/admin/v1/**', (route) => route.abort());
    await page.goto('/configuration/skills');
    await page.getByText('The list could not be loaded').waitFor();
    await page.unroute('**/admin/v1/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('searchbox', { name: 'Search' }).waitFor();
  });
});
