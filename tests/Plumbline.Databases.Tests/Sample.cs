namespace Plumbline.Databases.Tests;

/// <summary>The rows that every server has: numbers of all kinds, some missing, categories, dates, weights. The same in every run.</summary>
internal static class Sample
{
    public const int Rows = 6_000;

    private static readonly string[] s_cities = ["Oslo", "Bergen", "a'b \"c\" \\d", "Tromsø"];

    static Sample()
    {
        var random = new Random(20260101);
        for (int i = 0; i < Rows; i++)
        {
            Id[i] = i;
            Area[i] = 40 + (200 * random.NextDouble());
            Far[i] = 1e8 + Normal(random);
            Small[i] = (float)random.NextDouble();
            Rooms[i] = random.Next(1, 9);
            Big[i] = 9_007_199_254_740_993 + random.Next(0, 1000);
            Zip[i] = 98_000 + random.Next(0, 12);
            City[i] = random.Next(50) == 0 ? null : s_cities[random.Next(s_cities.Length)];
            Sold[i] = random.Next(2) == 1;
            Day[i] = new DateOnly(2020, 1, 1).AddDays(random.Next(0, 700));
            Stamp[i] = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(0, 60_000_000));
            Weight[i] = random.Next(20) == 0 ? 0 : random.NextDouble() * 3;
            Times[i] = random.Next(0, 4);
            Maybe[i] = random.Next(25) == 0 ? null : Normal(random) * 10;
            Price[i] = 1000 + (12.5 * Area[i]) + (30 * Rooms[i]) + ((Far[i] - 1e8) * 7) + (Sold[i] ? 90 : 0) + ((Zip[i] - 98_000) * 3) + (Normal(random) * 40);
        }
    }

    public static long[] Id { get; } = new long[Rows];

    public static double[] Area { get; } = new double[Rows];

    public static double[] Far { get; } = new double[Rows];

    public static float[] Small { get; } = new float[Rows];

    public static int[] Rooms { get; } = new int[Rows];

    public static long[] Big { get; } = new long[Rows];

    public static int[] Zip { get; } = new int[Rows];

    public static string?[] City { get; } = new string?[Rows];

    public static bool[] Sold { get; } = new bool[Rows];

    public static DateOnly[] Day { get; } = new DateOnly[Rows];

    public static DateTime[] Stamp { get; } = new DateTime[Rows];

    public static double[] Weight { get; } = new double[Rows];

    public static int[] Times { get; } = new int[Rows];

    public static double?[] Maybe { get; } = new double?[Rows];

    public static double[] Price { get; } = new double[Rows];

    /// <summary>The rows in memory, as a table of the library.</summary>
    /// <param name="hasBooleans">Whether <c>sold</c> is true and false; else 0 and 1.</param>
    public static Table Table(bool hasBooleans)
    {
        Table table = new Table("sample")
            .With("id", Id).With("area", Area).With("far", Far).With("small", Small).With("rooms", Rooms).With("big", Big).With("zip", Zip).With("city", City);
        table = hasBooleans ? table.With("sold", Sold) : table.With("sold", Array.ConvertAll(Sold, static s => s ? 1 : 0));
        return table.With("day", Day).With("stamp", Stamp).With("weight", Weight).With("times", Times)
            .With("maybe", Array.ConvertAll(Maybe, static m => m ?? double.NaN)).With("price", Price);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
