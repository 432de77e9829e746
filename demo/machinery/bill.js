import { byId, make, showList } from '../page/dom.js';

const EVERY_MS = 2_000;

/** The bill that AWS would have sent so far, if the server counts it: for all of its clients, not only this page. */
export const createBill = (url) => {
  const element = byId('bill');
  let timer;

  const show = ({ total, lines, region, date }) => {
    byId('bill-total').textContent = total;
    byId('bill-prices').textContent =
      `${region}, list prices of ${date}, no free tier. Function time is this machine’s.`;
    showList(
      byId('bill-lines'),
      lines,
      ({ name }) => name,
      ({ name }) => make('tr', {}, make('td', {}, name), make('td'), make('td')),
      (row, { amount, price }) => {
        row.children[1].textContent = amount;
        row.children[2].textContent = price;
      },
    );
    element.hidden = false;
  };

  const ask = async () => {
    try {
      if (!document.hidden) show(await (await fetch(url)).json());
    } catch {
      // Without a server, what was shown last stays.
    }
  };

  /** Follows the bill, or no longer. */
  return (isShown) => {
    clearInterval(timer);
    if (!url || !isShown) return;
    void ask();
    timer = setInterval(ask, EVERY_MS);
  };
};
