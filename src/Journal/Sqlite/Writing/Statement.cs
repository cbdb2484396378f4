using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Granary.Journal.Sqlite.Writing;

/// <summary>
/// A statement that is compiled once and run for every record. Dapper compiles a statement at each call, which halves the records stored per second; so
/// the writer keeps its own, and Dapper serves reads, migrations and everything rare.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly SqliteParameter[] _parameters;

    /// <param name="connection">The writer's connection.</param>
    /// <param name="sql">One statement with parameters $1, $2 ...</param>
    /// <param name="parameterCount">How many parameters.</param>
    public Statement(SqliteConnection connection, string sql, int parameterCount)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        _parameters = new SqliteParameter[parameterCount];
        for (var i = 0; i < parameterCount; i++)
        {
            _parameters[i] = new SqliteParameter("$" + (i + 1).ToString(CultureInfo.InvariantCulture), DBNull.Value);
            _command.Parameters.Add(_parameters[i]);
        }
    }

    /// <summary>"$1, $2, ... $n".</summary>
    public static string Places(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => "$" + i.ToString(CultureInfo.InvariantCulture)));

    /// <returns>The number of rows changed.</returns>
    public int Execute(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <returns>The first column of the first row, or null when there is none.</returns>
    public object? Scalar(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteScalar();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < _parameters.Length; i++) _parameters[i].Value = values[i];
    }
}
