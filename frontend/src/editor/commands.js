// Each button of the toolbar: what it does, and when it is pressed or possible.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, sinkListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection } from "prosemirror-state";
import * as table from "prosemirror-tables";
import { schema } from "./schema.js";

const { nodes, marks } = schema;

function hasMark(state, type) {
  const { from, $from, to, empty } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type);
}

function inside(state, type, attrs = {}) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type === type && Object.entries(attrs).every(([name, value]) => node.attrs[name] === value)) return true;
  }
  return false;
}

const heading = (level) => ({
  run: (state, dispatch, view) =>
    (inside(state, nodes.heading, { level }) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level }))(state, dispatch, view),
  pressed: (state) => inside(state, nodes.heading, { level }),
});

const markOf = (type) => ({ run: toggleMark(type), pressed: (state) => hasMark(state, type) });

/** Lists toggle: the same kind again lifts the item out, the other kind turns the list around. */
function listOf(type) {
  const other = type === nodes.bullet_list ? nodes.ordered_list : nodes.bullet_list;
  return {
    run(state, dispatch, view) {
      const { $from } = state.selection;
      for (let depth = $from.depth; depth > 0; depth -= 1) {
        const node = $from.node(depth);
        if (node.type === type) return liftListItem(nodes.list_item)(state, dispatch, view);
        if (node.type === other) {
          dispatch?.(state.tr.setNodeMarkup($from.before(depth), type));
          return true;
        }
      }
      return wrapInList(type)(state, dispatch, view);
    },
    pressed: (state) => inside(state, type),
  };
}

const quote = {
  run: (state, dispatch, view) => (inside(state, nodes.blockquote) ? lift : wrapIn(nodes.blockquote))(state, dispatch, view),
  pressed: (state) => inside(state, nodes.blockquote),
};

function insertTable(state, dispatch) {
  if (table.isInTable(state)) return false;
  const row = (cell) => nodes.table_row.create(null, [0, 1, 2].map(() => cell.createAndFill()));
  const made = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)]);
  if (dispatch) {
    const at = state.selection.$from.before(1);
    const here = state.selection.$from.node(1);
    const blank = here.isTextblock && here.content.size === 0;
    const tr = blank ? state.tr.replaceWith(at, at + here.nodeSize, made) : state.tr.insert(at + here.nodeSize, made);
    const start = blank ? at : at + here.nodeSize;
    const end = start + made.nodeSize;
    if (!tr.doc.resolve(end).nodeAfter) tr.insert(end, nodes.paragraph.create());
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(start + 3))).scrollIntoView());
  }
  return true;
}

const inTable = (run) => ({ run, onlyIn: table.isInTable });

export const commands = {
  strong: markOf(marks.strong),
  em: markOf(marks.em),
  heading: heading(2),
  subheading: heading(3),
  bullets: listOf(nodes.bullet_list),
  numbers: listOf(nodes.ordered_list),
  deeper: { run: sinkListItem(nodes.list_item) },
  shallower: { run: liftListItem(nodes.list_item) },
  quote,
  link: { pressed: (state) => hasMark(state, marks.link), run: () => true, asks: true },
  table: { run: insertTable },
  rowAbove: inTable(table.addRowBefore),
  rowBelow: inTable(table.addRowAfter),
  columnBefore: inTable(table.addColumnBefore),
  columnAfter: inTable(table.addColumnAfter),
  deleteRow: inTable(table.deleteRow),
  deleteColumn: inTable(table.deleteColumn),
  headerRow: inTable(table.toggleHeaderRow),
  deleteTable: inTable(table.deleteTable),
  undo: { run: undo },
  redo: { run: redo },
};

/** The link around the selection, so that it can be changed as a whole. */
export function linkAround(state) {
  const { $from, from, to } = state.selection;
  const mark = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []);
  if (!mark) return { from, to, href: "", text: state.doc.textBetween(from, to, " ") };
  const parent = $from.parent;
  let start = $from.start();
  let found = null;
  parent.forEach((child, offset) => {
    const at = start + offset;
    if (mark.isInSet(child.marks)) {
      found = found && found.to === at ? { from: found.from, to: at + child.nodeSize } : found && found.to > from ? found : { from: at, to: at + child.nodeSize };
    }
  });
  return { ...found, href: mark.attrs.href, text: state.doc.textBetween(found.from, found.to, " ") };
}

/** Puts the link over its range; with an empty address it goes away and the words stay. */
export function setLink(view, { from, to }, href, text) {
  const { state } = view;
  let tr = state.tr;
  if (href && from === to) {
    tr = tr.insert(from, schema.text(text || href, [marks.link.create({ href })]));
  } else {
    tr = tr.removeMark(from, to, marks.link);
    if (href) tr = tr.addMark(from, to, marks.link.create({ href }));
  }
  view.dispatch(tr.scrollIntoView());
  view.focus();
}
