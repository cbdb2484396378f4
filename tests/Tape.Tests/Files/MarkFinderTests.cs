using Granary.Tape.Files;

namespace Granary.Tape.Tests.Files;

public sealed class MarkFinderTests
{
    [Fact]
    public void Marks_are_those_of_a_search_byte_by_byte()
    {
        var random = new Random(5);
        for (var round = 0; round < 2_000; round++)
        {
            var (start, length) = (random.Next(64), random.Next(400));
            var text = new byte[start + length + MarkFinder.StepBytes];
            // From no mark at all to nothing but marks; what stands outside is full of them.
            var density = random.Next(1, 40);
            Array.Fill(text, (byte)',');
            for (var i = 0; i < length; i++) text[start + i] = random.Next(density) == 0 ? (byte)",\n"[random.Next(2)] : (byte)random.Next(32, 128);
            var (marks, rowMarks) = (new int[length + MarkFinder.Spare], new int[length + MarkFinder.Spare]);

            var (markCount, rowCount) = MarkFinder.Find(text, start, start + length, marks, rowMarks);

            var places = Enumerable.Range(start, length).Where(i => text[i] is (byte)',' or (byte)'\n').ToList();
            marks[1..markCount].ShouldBe(places);
            rowMarks[1..(rowCount + 1)].ShouldBe(places.Select((p, i) => (p, i)).Where(x => text[x.p] == '\n').Select(x => x.i + 1));
        }
    }

    [Fact]
    public void Lists_that_are_too_short_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => MarkFinder.Find(new byte[300], 0, 200, new int[200], new int[400]));
}
