import './home.css';

const ROWS = [0, 1];
const CARDS = [0, 1, 2, 3, 4, 5, 6, 7];

/** The outline of the home screen while it is fetched, so that nothing jumps when it arrives. */
export function HomeSkeleton() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading films</span>
      <div className="hero hero-skeleton" />
      <div className="rows">
        {ROWS.map((row) => (
          <div className="row" key={row}>
            <div className="row-list">
              {CARDS.map((card) => (
                <div key={card} className="card-skeleton" />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
