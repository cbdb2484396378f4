using Granary.Silo.Operator;

namespace Granary.Silo.Tests.Operator;

public sealed class OperatorTokenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("granary-token").FullName;

    private string File_ => Path.Combine(_folder, "data", "operator.token");

    [Fact]
    public void The_first_start_makes_a_private_file_and_later_ones_read_it()
    {
        OperatorToken.Open(File_);
        var text = File.ReadAllText(File_).Trim();

        text.Length.ShouldBe(64);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(File_).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var again = OperatorToken.Open(File_);
        File.ReadAllText(File_).Trim().ShouldBe(text);
        again.IsCarriedBy($"Bearer {text}").ShouldBeTrue();
        again.IsCarriedBy($"bearer {text}").ShouldBeTrue();
        again.IsCarriedBy($"Bearer {text}0").ShouldBeFalse();
        again.IsCarriedBy($"Bearer {text[..63]}").ShouldBeFalse();
        again.IsCarriedBy(text).ShouldBeFalse();
        again.IsCarriedBy(null).ShouldBeFalse();
        again.IsCarriedBy("Bearer " + new string('a', 5_000)).ShouldBeFalse();
        again.ToString().ShouldNotContain(text);
    }

    [Fact]
    public void Two_folders_have_two_tokens()
    {
        OperatorToken.Open(File_);
        OperatorToken.Open(File_ + "2");

        File.ReadAllText(File_).ShouldNotBe(File.ReadAllText(File_ + "2"));
    }

    [Fact]
    public void A_file_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        OperatorToken.Open(File_);
        File.SetUnixFileMode(File_, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Should.Throw<IOException>(() => OperatorToken.Open(File_)).Message.ShouldContain("chmod 600");
    }

    [Fact]
    public void A_file_without_a_token_is_refused()
    {
        OperatorToken.Open(File_);
        File.WriteAllText(File_, "short");

        Should.Throw<IOException>(() => OperatorToken.Open(File_)).Message.ShouldContain("delete it");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
