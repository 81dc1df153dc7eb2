// The wallboard: queues above, agents below.
import { AgentBoard } from './board/agent-board';
import { QueueBoard } from './board/queue-board';
import { useBoard } from './model/board';

export function Wallboard() {
  const board = useBoard((store) => store.board);
  if (board === null) return null;
  return (
    <>
      <QueueBoard queues={board.queues} />
      <AgentBoard board={board} />
    </>
  );
}
