using System.Text;
using Granary.Exchange.State;
using Granary.Exchange.Tests.Doubles;

namespace Granary.Exchange.Tests.State;

/// <summary>The moments between which a kill may come while a snapshot replaces the log.</summary>
public sealed class StateStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_come_back_in_order()
    {
        Write("one", "two");
        Write("three");
        Read().ShouldBe(["one", "two", "three"]);
    }

    [Fact]
    public void A_half_written_snapshot_is_ignored()
    {
        Write("one");
        File.WriteAllText(Path.Combine(_folder.Path, "state-00000001.snapshot.tmp"), "half");
        Read().ShouldBe(["one"]);
        File.Exists(Path.Combine(_folder.Path, "state-00000001.snapshot.tmp")).ShouldBeFalse();
    }

    [Fact]
    public void A_snapshot_without_its_log_and_with_the_old_log_beside_it_counts()
    {
        Write("one");
        var old = File.ReadAllBytes(Path.Combine(_folder.Path, "state-00000000.log"));
        using (var store = StateStore.Open(_folder.Path, _ => { })) store.Snapshot("all of it"u8);
        File.Delete(Path.Combine(_folder.Path, "state-00000001.log"));
        File.WriteAllBytes(Path.Combine(_folder.Path, "state-00000000.log"), old);
        Read().ShouldBe(["all of it"]);
        Write("next");
        Read().ShouldBe(["all of it", "next"]);
        Directory.GetFiles(_folder.Path, "state-00000000*").ShouldBeEmpty();
    }

    [Fact]
    public void What_is_cut_off_is_overwritten_by_the_next_record()
    {
        Write("one", "two");
        using (var log = File.OpenWrite(Path.Combine(_folder.Path, "state-00000000.log"))) log.SetLength(log.Length - 1);
        Write("three");
        Read().ShouldBe(["one", "three"]);
    }

    [Fact]
    public void Foreign_and_damaged_files_are_named()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "state-00000000.log"), "something else entirely");
        Should.Throw<StateException>(() => Read()).Message.ShouldContain("state-00000000.log: this is no log of this exchange");
        File.Delete(Path.Combine(_folder.Path, "state-00000000.log"));
        File.WriteAllText(Path.Combine(_folder.Path, "state-00000003.snapshot"), "GRNXST01 but not whole");
        Should.Throw<StateException>(() => Read()).Message.ShouldContain("state-00000003.snapshot: the snapshot is damaged");
    }

    private void Write(params string[] records)
    {
        using var store = StateStore.Open(_folder.Path, _ => { });
        foreach (var record in records) store.Append(Encoding.UTF8.GetBytes(record));
    }

    private List<string> Read()
    {
        var records = new List<string>();
        using var store = StateStore.Open(_folder.Path, record => records.Add(Encoding.UTF8.GetString(record)));
        return records;
    }
}
