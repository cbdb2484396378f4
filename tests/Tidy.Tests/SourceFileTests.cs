using System.Text.RegularExpressions;

namespace Granary.Tidy.Tests;

public sealed partial class SourceFileTests
{
    private const int LinesMax = 600;
    private const int LinesTypical = 300;
    private const double LongShareMax = 0.05;

    [GeneratedRegex(@"^public\s+(?:(?:static|sealed|abstract|partial|readonly|ref|unsafe|file)\s+)*(?:record\s+struct|record\s+class|class|struct|interface|enum|record|delegate\s+\S+)\s+(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType { get; }

    [Fact]
    public void No_file_is_longer_than_600_lines_and_few_are_longer_than_300()
    {
        var sizes = Repository.SourceFiles.Select(f => (File: f, Lines: Repository.Lines(f).Length)).ToList();

        sizes.Where(s => s.Lines > LinesMax).Select(s => $"{s.File}: {s.Lines} lines").ShouldBeEmpty();
        var product = sizes.Where(s => s.File.StartsWith("src/", StringComparison.Ordinal)).ToList();
        var typical = product.Where(s => s.Lines > LinesTypical).OrderByDescending(s => s.Lines).ToList();
        ((double)typical.Count / product.Count).ShouldBeLessThanOrEqualTo(
            LongShareMax, $"{typical.Count} of {product.Count} files have more than {LinesTypical} lines: {string.Join(", ", typical.Select(s => $"{s.File} {s.Lines}"))}");
    }

    [Fact]
    public void A_file_holds_one_public_type_and_bears_its_name()
    {
        var wrong = new List<string>();
        foreach (var file in Repository.ProductFiles)
        {
            var names = PublicType.Matches(Repository.Read(file)).Select(m => m.Groups["name"].Value).Distinct().ToList();
            // Parts of one type are called Type.Part.cs.
            var expected = Path.GetFileName(file).Split('.')[0];
            if (names.Count > 1) wrong.Add($"{file}: {string.Join(", ", names)}");
            else if (names.Count == 1 && names[0] != expected) wrong.Add($"{file}: {names[0]}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_namespace_is_the_folder()
    {
        var wrong = new List<string>();
        foreach (var file in Repository.ProductFiles.Where(f => !f.StartsWith("src/Orleans.Embedded", StringComparison.Ordinal)))
        {
            var expected = "Granary." + Path.GetDirectoryName(file)!.Replace('\\', '/')["src/".Length..].Replace('/', '.');
            var actual = Repository.Lines(file).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal));
            if (actual is not null && actual != $"namespace {expected};") wrong.Add($"{file}: {actual} instead of namespace {expected};");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Continuations_stay_on_the_scheduler_they_began_on() =>
        Repository.Grep(Repository.ProductFiles, @"^(?!\s*//).*\.ConfigureAwait\(\s*false").ShouldBeEmpty();

    [Fact]
    public void Only_the_risk_gate_mints_approvals()
    {
        var places = Repository.Grep(Repository.ProductFiles, @"^(?!\s*//).*new\s+Approved<").Select(l => l.Split(':')[0]).Distinct();

        places.Where(f => !f.StartsWith("src/Engine/Risk/", StringComparison.Ordinal) && !f.StartsWith("src/Grains.Interfaces/Surrogates/", StringComparison.Ordinal)).ShouldBeEmpty();
        Repository.Read("src/Engine/Risk/Approved.cs").ShouldNotContain("public Approved(");
    }

    [Fact]
    public void The_engine_does_no_io_keeps_no_clock_and_starts_no_task() =>
        Repository.Grep(
            Repository.ProductFiles.Where(f => f.StartsWith("src/Engine/", StringComparison.Ordinal)),
            @"^(?!\s*//).*(\basync\b|\bawait\b|\bTask\b|\bTimeProvider\b|\block\s*\(|\bILogger\b|\bFile\.|\bFileStream\b|\bHttpClient\b|\bThread\b|\bEnvironment\.|\bSystem\.IO\b)").ShouldBeEmpty();

    [Fact]
    public void Text_files_end_with_a_newline_and_have_no_carriage_returns_tabs_or_trailing_blanks()
    {
        var wrong = new List<string>();
        foreach (var file in Repository.SourceFiles.Concat(Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal))))
        {
            var text = Repository.Read(file);
            if (text.Length == 0 || text[^1] != '\n') wrong.Add($"{file}: no newline at the end");
            if (text.Contains('\r')) wrong.Add($"{file}: carriage returns");
            if (file.EndsWith(".cs", StringComparison.Ordinal) && text.Contains('\t')) wrong.Add($"{file}: tabs");
            if (Regex.IsMatch(text, @"[ \t]\n")) wrong.Add($"{file}: blanks at the end of a line");
        }

        wrong.ShouldBeEmpty();
    }
}
