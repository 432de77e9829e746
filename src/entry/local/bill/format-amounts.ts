export const formatQuantity = (amount: number): string =>
  amount.toLocaleString('en-US', { maximumFractionDigits: amount < 1_000 ? 2 : 0 });

/** A session costs less than a cent, so four significant digits are shown. */
export const formatDollars = (dollars: number): string => {
  const digits = dollars >= 1 || dollars === 0 ? 2 : Math.min(9, 3 - Math.floor(Math.log10(dollars)));
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
};
