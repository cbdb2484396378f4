using System.Globalization;
using System.Text;
using Granary.Journal.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace Granary.Journal.Tests.Support;

/// <summary>
/// The program that the kill tests start: appends orders without end and tells each acknowledged number on its standard output, one a line.
/// </summary>
public static class WriterProgram
{
    public const string Command = "write-journal";

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [Command, var folder]) return 2;
        using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 1);
        await using var journal = SqliteJournal.Open(new SqliteJournalOptions(folder) { Durability = JournalDurability.Process }, TimeProvider.System);
        var next = await journal.Reader.GetOrderSequenceMaxAsync("main") + 1;
        while (true)
        {
            await journal.EnqueueAsync([Samples.Equity(next)], null);
            await journal.AppendAsync(
                [Samples.Order("o-" + next, next), Samples.Fill(next), Samples.Position(next), Samples.Snapshot("owner", new byte[next % 5_000])], null);
            output.Write(Encoding.ASCII.GetBytes(next.ToString(CultureInfo.InvariantCulture) + "\n"));
            next++;
        }
    }
}
