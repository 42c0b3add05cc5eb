namespace Plumbline;

/// <summary>How a database summed the moments of a fit, in its own arithmetic: no row left it.</summary>
/// <param name="Name">The database, with its version, e.g. <c>PostgreSQL 15.8</c>.</param>
/// <param name="Shards">How many parts were summed each for itself; 1 without sharding.</param>
/// <param name="Queries">How many queries it took.</param>
/// <param name="BytesReceived">How many bytes of results came over the wire; null where the driver does not tell.</param>
public sealed record EngineDetails(string Name, int Shards, int Queries, long? BytesReceived);
