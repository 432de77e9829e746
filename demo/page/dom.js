/** The element with this id. If there is none, `index.html` is wrong. */
export const byId = (id) => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`There is no #${id}`);
  return element;
};

/** Text stays text: children are nodes or strings, and a string never becomes markup. */
export const make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

const keys = new WeakMap();

/**
 * Shows one child of `parent` for each item, in order. An item keeps its element, so that focus, selection and a screen
 * reader's place stay where they are.
 */
export const showList = (parent, items, keyOf, create, update = () => {}) => {
  const old = new Map([...parent.children].map((element) => [keys.get(element), element]));
  const wanted = new Set(items.map(keyOf));
  // First: a row that is moved loses the focus, and none has to move into the place of one that is gone.
  for (const [key, element] of old) if (!wanted.has(key)) element.remove();
  let next = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const element = old.get(key) ?? create(item);
    old.delete(key);
    keys.set(element, key);
    update(element, item);
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
};
