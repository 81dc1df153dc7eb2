// The drawing itself: cards and wires, moved and connected by mouse, touch and keyboard.
import '@xyflow/react/dist/base.css';
import {
  Background,
  type Connection,
  MiniMap,
  Panel,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { type DragEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import { Message } from '@/ui/message';
import type { Layout } from '../graph/flow';
import { GRID } from '../graph/geometry';
import { litBy, UNLIT } from '../graph/trace';
import { addNode, DRAGGED_KIND } from '../state/add';
import { only } from '../state/choice';
import { useDesigner, useDesignerState } from '../state/context';
import css from './canvas.module.css';
import { type CardNode, Cards, wires } from './card';
import { firstView } from './first-view';
import { NodeCard } from './node-card';
import { useChanges } from './use-changes';
import { useInSight } from './use-in-sight';
import { useCanvasKeys } from './use-keys';
import { ViewTools } from './view-tools';

const TYPES = { card: NodeCard };
const SNAP: [number, number] = [GRID, GRID];
const MAP = { width: 160, height: 100 };
/** From here on a map of the whole helps more than it hides. */
const MAP_FROM = 12;

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Board />
    </ReactFlowProvider>
  );
}

function Board() {
  const designer = useDesigner();
  const { nodes, edges, onNodesChange, onEdgesChange } = useBoard();
  const onKeyDown = useCanvasKeys();
  const { screenToFlowPosition } = useReactFlow();

  const section = useRef<HTMLElement>(null);
  useInSight(section);

  const show = ({ setViewport }: ReactFlowInstance<CardNode>) => {
    const { history, places } = designer.store.getState();
    const room = section.current?.getBoundingClientRect();
    if (room !== undefined) void setViewport(firstView(places, history.present.flow.start, room));
  };
  const connect = ({ source, sourceHandle, target }: Connection) => {
    if (sourceHandle === null) return;
    designer.edit({ type: 'connect', link: { from: source, exit: sourceHandle }, to: target });
  };
  /** A click on one of several that are chosen means that one. */
  const click = ({ ctrlKey, metaKey, shiftKey }: MouseEvent, { id }: CardNode) => {
    if (!ctrlKey && !metaKey && !shiftKey) designer.choose(only(id));
  };
  const drop = (event: DragEvent) => {
    const kind = event.dataTransfer.getData(DRAGGED_KIND);
    if (kind === '') return;
    event.preventDefault();
    const { clientX: x, clientY: y } = event;
    addNode(designer, kind, { at: screenToFlowPosition({ x, y }) });
  };
  return (
    <section ref={section} className={css.canvas} aria-label="Canvas" onKeyDown={onKeyDown}>
      <ReactFlow<CardNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnect={connect}
        onNodeClick={click}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        deleteKeyCode={null}
        disableKeyboardA11y
        edgesFocusable={false}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Meta', 'Control']}
        snapToGrid
        snapGrid={SNAP}
        connectionRadius={28}
        minZoom={0.1}
        onInit={show}
        onlyRenderVisibleElements
      >
        <Background gap={GRID * 3} color="var(--line)" />
        {nodes.length >= MAP_FROM && (
          <MiniMap pannable zoomable style={MAP} ariaLabel="Map of the script" />
        )}
        <Panel position="bottom-left">
          <ViewTools />
        </Panel>
      </ReactFlow>
      {nodes.length === 0 && (
        <div className={css.empty}>
          <Message icon="script" title="Nothing is drawn yet">
            <p>Choose what the customer meets first, from the list of nodes.</p>
          </Message>
        </div>
      )}
    </section>
  );
}

/** The drawing as cards and wires, with what is being dragged where it is now. */
function useBoard() {
  const { vocabulary } = useDesigner();
  const cards = useRef<Cards>(null);
  cards.current ??= new Cards(vocabulary);
  const flow = useDesignerState(({ history }) => history.present.flow);
  const places = useDesignerState((state) => state.places);
  const choice = useDesignerState((state) => state.choice);
  const findings = useDesignerState((state) => state.findings) ?? NONE;
  const live = useDesignerState((state) => state.live);
  const shown = useDesignerState(({ shown, reports }) =>
    shown === null ? undefined : reports.get(shown),
  );
  const lit = useMemo(() => (shown ? litBy(shown.steps, flow) : UNLIT), [shown, flow]);
  const [dragged, setDragged] = useState<Layout>(STILL);
  const nodes = useMemo(
    () => cards.current?.draw({ flow, places, choice, findings, lit, live }) ?? [],
    [flow, places, choice, findings, lit, live],
  );
  const seen = useMemo(() => withDragged(nodes, dragged), [nodes, dragged]);
  const edges = useMemo(() => wires(flow, choice, lit), [flow, choice, lit]);
  return { nodes: seen, edges, ...useChanges(setDragged) };
}

const NONE = [] as const;
const STILL: Layout = new Map();

function withDragged(nodes: CardNode[], dragged: Layout): CardNode[] {
  if (dragged.size === 0) return nodes;
  return nodes.map((node) => {
    const position = dragged.get(node.id);
    return position === undefined ? node : { ...node, position, dragging: true };
  });
}
