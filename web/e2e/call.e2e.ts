// One call from offer to wrap-up: by mouse, by keyboard alone, and when it goes to someone else.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  callPanel,
  completeWrapUp,
  endedPanel,
  goAvailable,
  offerCard,
  signIn,
  wrapUpForm,
} from './support/agent';
import { closeBrowser, openPage, type Watched } from './support/browser';
import { Caller } from './support/caller';
import { absent, Center } from './support/center';

describe.skipIf(absent !== null)('a call', () => {
  let center: Center;
  let watched: Watched;
  afterAll(closeBrowser);
  beforeEach(async () => {
    center = await Center.start();
    watched = await openPage(center.url);
    await signIn(watched.page, center);
    await goAvailable(watched.page);
  });
  afterEach(async () => {
    await watched.context.close();
    await center.stop();
    expect(watched.faults).toEqual([]);
  });

  it('is taken, held, muted, ended and wrapped up with the mouse', async () => {
    const { page } = watched;
    await Caller.dial(center, { name: 'Maria Lopez' });
    await offerCard(page).getByRole('heading', { name: 'Maria Lopez' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('H1');
    await clickWhenArmed(page);
    const panel = callPanel(page);
    await panel.getByRole('button', { name: 'Hold' }).click();
    await panel.getByText('On hold ·').waitFor();
    await panel.getByRole('button', { name: 'Resume' }).click();
    await panel.getByRole('button', { name: 'Mute' }).click();
    await panel.getByText('you are muted').waitFor();
    await wrapUpForm(page).getByLabel('Note').fill('Parcel is on its way');
    await panel.getByRole('button', { name: 'End' }).click();
    await endedPanel(page).waitFor();
    expect(await wrapUpForm(page).getByLabel('Note').inputValue()).toBe('Parcel is on its way');
    await wrapUpForm(page).getByRole('radio', { name: 'Schedule Callback' }).check();
    await completeWrapUp(page);
    await page.getByText('Nothing is assigned to you.').waitFor();
  });

  it('is taken, held, ended and wrapped up with the keyboard alone', async () => {
    const { page } = watched;
    const press = (keys: string) => page.keyboard.press(keys);
    await Caller.dial(center, { name: 'Ken Abe' });
    await offerCard(page).waitFor();
    await press('Alt+a');
    await callPanel(page).waitFor();
    await press('Alt+h');
    await callPanel(page).getByText('On hold ·').waitFor();
    await press('Alt+h');
    await callPanel(page).getByText('In talk ·').waitFor();
    await press('Alt+m');
    await callPanel(page).getByText('you are muted').waitFor();
    await press('Alt+e');
    await endedPanel(page).waitFor();
    await press('Alt+w');
    expect(await focused(page, 'type')).toBe('radio');
    await press('ArrowDown');
    const codes = await wrapUpForm(page).getByRole('combobox').count();
    if (codes > 0) {
      await press('Tab');
      await press('ArrowDown');
      await press('Enter');
      expect(await wrapUpForm(page).getByRole('option', { selected: true }).count()).toBe(1);
    }
    await press('Alt+Enter');
    await endedPanel(page).waitFor({ state: 'detached' });
    await page.getByText('Nothing is assigned to you.').waitFor();
  });

  it('says which list still wants a code', async () => {
    const { page } = watched;
    // The demo sends whoever owes a payment to Billing, where codes are mandatory.
    await Caller.dial(center, { variables: [{ name: '_paymentDue', value: 'true', ivr: true }] });
    await offerCard(page).getByText('Phone offer · Billing').waitFor();
    await page.keyboard.press('Alt+a');
    await callPanel(page).waitFor();
    await page.keyboard.press('Alt+e');
    await endedPanel(page).waitFor();
    await page.keyboard.press('Alt+Enter');
    await page.getByText(/Choose at least one code from “.+” before completing\./).waitFor();
    await endedPanel(page).waitFor();
    await completeWrapUp(page);
    await page.getByText('Nothing is assigned to you.').waitFor();
  });

  it('is rejected with a reason, from the keyboard', async () => {
    const { page } = watched;
    const caller = await Caller.dial(center, { name: 'Wrong Number' });
    await offerCard(page).waitFor();
    await page.keyboard.press('Alt+x');
    await page.getByRole('menuitem').first().waitFor();
    await expect.poll(() => focused(page, 'role')).toBe('menuitem');
    await page.keyboard.press('Enter');
    await offerCard(page).waitFor({ state: 'detached' });
    await caller.hangUp();
  });

  it('accepted too late is explained calmly', async () => {
    const { page } = watched;
    const caller = await Caller.dial(center, { name: 'Late Lee' });
    await offerCard(page).waitFor();
    await page.route('**/accept', async (route) => {
      await caller.hangUp();
      await route.continue();
    });
    await page.keyboard.press('Alt+a');
    await page
      .getByText(/no longer yours|hung up/i)
      .first()
      .waitFor();
    await offerCard(page).waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: /^Available|^Work|^Break/ }).count()).toBe(1);
    await page.unroute('**/accept');
  });

  it('lists its keys on ?, but not while writing', async () => {
    const { page } = watched;
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Alt+Enter').waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });
});

/** The Accept button ignores a pointer in its first moments; a person is never faster, a test is. */
async function clickWhenArmed(page: Watched['page']): Promise<void> {
  const accept = offerCard(page).getByRole('button', { name: 'Accept' });
  await expect
    .poll(async () => {
      if ((await accept.count()) > 0) await accept.click();
      return callPanel(page).count();
    })
    .toBe(1);
}

function focused(page: Watched['page'], attribute: string): Promise<string | null | undefined> {
  return page.evaluate((name) => document.activeElement?.getAttribute(name), attribute);
}
