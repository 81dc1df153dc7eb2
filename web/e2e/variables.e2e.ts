// What integrations say about the customer: formatted, in order, and harmless.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callPanel, goAvailable, offerCard, shownVariables, signIn } from './support/agent';
import { closeBrowser, openPage, type Watched } from './support/browser';
import { Caller, type Variable } from './support/caller';
import { absent, Center } from './support/center';

interface Fixture {
  request: { body: { variables: Variable[] } };
  expect: { screen?: Record<string, string>; never?: string };
}

function fixture(name: string): Fixture {
  const file = resolve(import.meta.dirname, 'fixtures', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as Fixture;
}

describe.skipIf(absent !== null)('display variables', () => {
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

  it('are shown as the center reads them, in the order they were sent', async () => {
    const { page } = watched;
    const { request, expect: expected } = fixture('order-support');
    await Caller.dial(center, { variables: request.body.variables });
    await offerCard(page).waitFor();
    const shown = await shownVariables(page);
    expect(shown).toMatchObject(expected.screen ?? {});
    const names = Object.keys(expected.screen ?? {});
    expect(Object.keys(shown).filter((name) => names.includes(name))).toEqual(names);
    for (const text of Object.values(expected.screen ?? {})) {
      await offerCard(page).getByText(text, { exact: true }).waitFor();
    }
  });

  it('that are private never reach the page, in any answer, frame or log line', async () => {
    const { page } = watched;
    const { request, expect: expected } = fixture('quick-reference');
    const never = 'pin-84-61-93';
    const heard: string[] = [];
    page.on(
      'response',
      (response) =>
        void response.text().then(
          (text) => heard.push(text),
          () => 0,
        ),
    );
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => heard.push(String(payload)));
    });
    await page.reload();
    const secret = { name: '_accountPin', value: never, privacy: true };
    const shownSecret = { name: '_taxCode', value: never, privacy: true, display: true };
    const variables = request.body.variables.filter(({ name }) => name !== '_accountPin');
    await Caller.dial(center, {
      variables: [...variables, secret, { ...shownSecret, displayName: 'Tax code' }],
    });
    await offerCard(page).waitFor();
    await page.keyboard.press('Alt+a');
    await callPanel(page).waitFor();
    expect(expected.never).toBeDefined();
    expect(await shownVariables(page)).toMatchObject({
      'Tax code': '••••Hidden',
      Balance: '$1,250.75',
    });
    expect(heard.join('\n')).toContain('Gold');
    expect(heard.join('\n')).not.toContain(never);
    expect(await page.content()).not.toContain(never);
    expect(center.log).not.toContain(never);
  });

  it('that are hostile stay text', async () => {
    const { page } = watched;
    await Caller.dial(center, {
      name: '<img src=x onerror=alert(1)>',
      variables: [
        text('_html', 'Comment', '<script>window.hacked = 1</script><b>bold</b>'),
        text('_bidi', 'File', 'invoice\u202Efdp.exe'),
        text('_long', 'Story', 'word '.repeat(199)),
        { ...text('_money', 'Amount', '$1,250.75'), dataType: 'currency' },
      ],
    });
    await offerCard(page).getByRole('heading', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    const shown = await shownVariables(page);
    expect(shown['Comment']).toBe('<script>window.hacked = 1</script><b>bold</b>');
    expect(shown['File']).toBe('invoiceU+202Efdp.exe');
    expect(shown['Amount']).toBe('$1,250.75');
    expect(shown['Story']).toMatch(/… more \(\d+\)$/);
    const column = page.getByRole('complementary');
    await column.getByRole('button', { name: /^More of Story/ }).click();
    expect((await shownVariables(page))['Story']).toContain('word '.repeat(190));
    await column.getByRole('button', { name: 'Amount is shown as it came: why?' }).click();
    await page.getByText('not a plain amount').waitFor();
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  });

  it('that come during the talk appear by themselves', async () => {
    const { page } = watched;
    const caller = await Caller.dial(center);
    await offerCard(page).waitFor();
    await page.keyboard.press('Alt+a');
    await callPanel(page).waitFor();
    await caller.set([text('_tier', 'Tier', 'Premium')]);
    await page.getByRole('complementary').getByText('Premium').waitFor();
  });
});

function text(name: string, displayName: string, value: string): Variable {
  return { name, displayName, value, display: true };
}
