import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Button, PENDING_AFTER_MS } from './button';

describe('a pending button', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it('looks as before for 100 ms, then says it is busy, and keeps the focus', () => {
    const { rerender } = render(<Button>Accept</Button>);
    const button = screen.getByRole('button');
    button.focus();
    rerender(<Button pending>Accept</Button>);
    act(() => vi.advanceTimersByTime(PENDING_AFTER_MS - 1));
    expect(button.getAttribute('aria-busy')).toBeNull();
    act(() => vi.advanceTimersByTime(1));
    expect(button.getAttribute('aria-busy')).toBe('true');
    expect(document.activeElement).toBe(button);
  });

  it('ignores a second press from the first moment', () => {
    const onClick = vi.fn();
    render(
      <Button pending onClick={onClick}>
        Accept
      </Button>,
    );
    fireEvent.click(screen.getByRole('button'));
    expect(onClick).not.toHaveBeenCalled();
  });
});
