// Nothing is lost over a reload, a restart or a crash, and the page says what it knows.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  callPanel,
  completeWrapUp,
  endedPanel,
  goAvailable,
  link,
  offerCard,
  signIn,
  wrapUpForm,
} from './support/agent';
import { closeBrowser, openPage, type Watched } from './support/browser';
import { Cable } from './support/cable';
import { Caller } from './support/caller';
import { absent, Center } from './support/center';

describe.skipIf(absent !== null)('continuity', () => {
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

  it('a reload keeps the call, the draft and the place', async () => {
    const { page } = watched;
    await Caller.dial(center, { name: 'Reload Ray' });
    await offerCard(page).waitFor();
    await page.keyboard.press('Alt+a');
    await callPanel(page).waitFor();
    await wrapUpForm(page).getByLabel('Note').fill('half a sentence');
    await page.reload();
    await callPanel(page).getByRole('heading', { name: 'Reload Ray' }).waitFor();
    expect(await wrapUpForm(page).getByLabel('Note').inputValue()).toBe('half a sentence');
    await page.keyboard.press('Alt+e');
    await endedPanel(page).waitFor();
    await page.reload();
    await endedPanel(page).waitFor();
    expect(await wrapUpForm(page).getByLabel('Note').inputValue()).toBe('half a sentence');
    await completeWrapUp(page);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(
      'half a sentence',
    );
  });

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`a server ended by ${signal} comes back, says so, and the call goes on`, async () => {
      const { page } = watched;
      await Caller.dial(center, { name: 'Crash Carla' });
      await offerCard(page).waitFor();
      await page.keyboard.press('Alt+a');
      await callPanel(page).waitFor();
      await wrapUpForm(page).getByLabel('Note').fill('before the crash');
      await center.restart(signal, async () => {
        await link(page)
          .filter({ hasText: /link lost|stale/ })
          .waitFor();
      });
      await link(page).filter({ hasText: 'catching up' }).waitFor();
      await page.getByText(/^Connected again\./).waitFor();
      await link(page).filter({ hasText: 'link OK' }).waitFor();
      await callPanel(page).getByRole('heading', { name: 'Crash Carla' }).waitFor();
      expect(await wrapUpForm(page).getByLabel('Note').inputValue()).toBe('before the crash');
      await page.keyboard.press('Alt+e');
      await endedPanel(page).waitFor();
      await completeWrapUp(page);
    });
  }

  it('an action sent while the server restarts is done once it is back', async () => {
    const { page } = watched;
    await Caller.dial(center, { name: 'Patient Pat' });
    await offerCard(page).waitFor();
    await page.keyboard.press('Alt+a');
    await callPanel(page).waitFor();
    await center.restart('SIGKILL', async () => {
      await page.keyboard.press('Alt+h');
    });
    await callPanel(page).getByText('On hold ·').waitFor();
  });

  it('what was missed while the cable was out is counted and listed', async () => {
    const cable = await Cable.lay(center.url);
    const { page, context } = await openPage(cable.url);
    await signIn(page, center);
    const caller = await Caller.dial(center, { name: 'Gone Gina' });
    await offerCard(page).waitFor();
    await page.keyboard.press('Alt+a');
    await callPanel(page).waitFor();
    cable.pull();
    await link(page).filter({ hasText: 'link lost' }).waitFor();
    await caller.hangUp();
    await callPanel(page).waitFor();
    cable.putBack();
    await page.getByText(/You missed \d+ events?;/).waitFor();
    const banner = page.getByRole('region', { name: 'Connection restored' });
    await banner.getByText(/ended/).first().waitFor();
    await endedPanel(page).waitFor();
    await context.close();
    cable.remove();
  });

  it('silence is called stale, and acting then asks first', async () => {
    const { page } = watched;
    let deaf = false;
    await page.routeWebSocket(/workspace\/v1\/events/, (client) => {
      const server = client.connectToServer();
      server.onMessage((message) => {
        if (!deaf) client.send(message);
      });
    });
    await page.reload();
    await Caller.dial(center, { name: 'Stale Stan' });
    await offerCard(page).waitFor();
    await page.keyboard.press('Alt+a');
    await callPanel(page).waitFor();
    deaf = true;
    await link(page)
      .filter({ hasText: 'stale: you may be missing changes' })
      .waitFor({ timeout: 20_000 });
    await page.keyboard.press('Alt+h');
    const doubt = page.getByRole('dialog', { name: 'You may be missing changes' });
    await doubt.getByRole('button', { name: 'Send it anyway' }).click();
    await callPanel(page).getByText('On hold ·').waitFor();
    deaf = false;
    await link(page).filter({ hasText: 'link OK' }).waitFor({ timeout: 20_000 });
  });

  it('a session that ended leads to sign in and back', async () => {
    const { page } = watched;
    await Caller.dial(center, { name: 'Session Sam' });
    await offerCard(page).waitFor();
    await page.keyboard.press('Alt+a');
    await callPanel(page).waitFor();
    // Another tab signs out: same cookie.
    await page.evaluate(async () => {
      const session: { csrfToken: string } = await (await fetch('/auth/v1/session')).json();
      await fetch('/auth/v1/logout', {
        method: 'POST',
        headers: { 'X-CSRF-Token': session.csrfToken },
      });
    });
    await page.keyboard.press('Alt+h');
    await page.getByText('Your session ended.').waitFor();
    await page.getByLabel('E-mail').fill(center.agent.email);
    await page.getByLabel('Password', { exact: true }).fill(center.agent.password);
    await page.keyboard.press('Enter');
    await callPanel(page).getByRole('heading', { name: 'Session Sam' }).waitFor();
  });
});
