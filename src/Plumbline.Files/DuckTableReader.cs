namespace Plumbline.Files;

/// <summary>A table or view of a DuckDB database, which is opened to be read only.</summary>
internal sealed class DuckTableReader : TypedReader
{
    private string _from = "";

    private DuckTableReader(FileSet files, FileSourceOptions options)
        : base(files, options)
    {
    }

    /// <inheritdoc/>
    protected override string From => _from;

    /// <summary>Finds the table and its columns.</summary>
    public static DuckTableReader Open(FileSet files, FileSourceOptions options)
    {
        var reader = new DuckTableReader(files, options);
        try
        {
            const string Where = "where not internal and database_name = current_database()";
            List<string?[]> all = DuckScan.Texts(
                reader.Database,
                $"select schema_name, table_name from duckdb_tables() {Where} union all select schema_name, view_name from duckdb_views() {Where} order by all",
                2);
            reader._from = files.Table!.Find([.. all.Select(row => (row[0]!, row[1]!))]);
            reader.SetColumns(reader.Describe(reader._from));
            return reader;
        }
        catch (DuckException error)
        {
            reader.Dispose();
            throw FileErrors.ReadFailed(files.Name, FileErrors.Show(error.Message.Split('\n', 2)[0]));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
