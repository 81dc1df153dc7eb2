// What an agent does in the workspace, in the words of the screen.
import type { Locator, Page } from 'playwright-core';
import type { Center, User } from './center';

export async function signIn(page: Page, center: Center, user = center.agent): Promise<void> {
  await page.goto('/login');
  await enter(page, user);
  await page.getByText('link OK').waitFor();
}

/** Fills in the sign-in page in front. */
export async function enter(page: Page, { email, password }: User): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Alt+S, then the first entry that says Available. */
export async function goAvailable(page: Page): Promise<void> {
  await page.keyboard.press('Alt+s');
  await page.getByRole('menuitem', { name: /^Available/ }).click();
  await page.getByRole('button', { name: /^Available/ }).waitFor();
}

export const offerCard = (page: Page) => page.getByRole('region', { name: 'Offer', exact: true });
export const callPanel = (page: Page) => page.getByRole('region', { name: 'Call', exact: true });
export const endedPanel = (page: Page) => page.getByRole('region', { name: 'Ended call' });
export const secondLine = (page: Page) => page.getByRole('region', { name: 'Second line' });
export const transferPanel = (page: Page) =>
  page.getByRole('region', { name: 'Transfer', exact: true });
export const wrapUpForm = (page: Page) => page.getByRole('region', { name: 'Wrap-up' });
export const link = (page: Page) => page.getByTestId('link');

/** What screen readers get as name and value of every display variable. */
export async function shownVariables(page: Page): Promise<Record<string, string>> {
  const column = page.getByRole('complementary');
  const rows = column.getByRole('region', { name: 'Customer Information' }).locator('dl > div');
  const entries: [string, string][] = [];
  for (const row of await rows.all()) {
    entries.push([await textOf(row, 'dt'), await textOf(row, 'dd')]);
  }
  return Object.fromEntries(entries);
}

async function textOf(row: Locator, part: 'dt' | 'dd'): Promise<string> {
  return (await row.locator(part).textContent()) ?? '';
}

/** Completes the wrap-up in front, with the first code when one is required. */
export async function completeWrapUp(page: Page): Promise<void> {
  const form = wrapUpForm(page);
  const option = form.getByRole('option').first();
  if ((await option.count()) > 0) await option.click();
  await form.getByRole('button', { name: 'Complete' }).click();
  await endedPanel(page).waitFor({ state: 'detached' });
}
