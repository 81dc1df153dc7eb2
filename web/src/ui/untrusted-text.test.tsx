import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { UntrustedText } from './untrusted-text';

describe('untrusted text on the page', () => {
  afterEach(cleanup);

  it('is never markup', () => {
    const { container } = render(<UntrustedText text={'<img src=x onerror="alert(1)">'} />);
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toBe('<img src=x onerror="alert(1)">');
  });

  it('is isolated in direction, with its hidden characters in sight', () => {
    const { container } = render(<UntrustedText text={'a\u202Eb'} />);
    expect(container.querySelector('bdi')?.textContent).toBe('aU+202Eb');
    expect(screen.getByTitle('right-to-left override')).toBeDefined();
  });

  it('opens and closes when it is long', () => {
    const { container } = render(<UntrustedText text={'word '.repeat(200)} clipAs="Story" />);
    expect(container.textContent?.length).toBeLessThan(200);
    fireEvent.click(screen.getByRole('button', { name: /More of Story/ }));
    expect(container.textContent?.length).toBeGreaterThan(990);
    fireEvent.click(screen.getByRole('button', { name: /Less of Story/ }));
    expect(container.textContent?.length).toBeLessThan(200);
  });
});
